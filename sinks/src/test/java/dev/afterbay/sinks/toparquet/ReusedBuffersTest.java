package dev.afterbay.sinks.toparquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReusedBuffersTest {
  private static final Schema SCHEMA =
      SchemaBuilder.record("Row")
          .fields()
          .requiredLong("n")
          .requiredDouble("d")
          .requiredBoolean("flag")
          .requiredString("one_of_few")
          .requiredString("one_of_many")
          .optionalString("plain")
          .optionalBytes("raw")
          .name("list")
          .type()
          .array()
          .items()
          .stringType()
          .noDefault()
          .name("map")
          .type()
          .map()
          .values()
          .longType()
          .noDefault()
          .endRecord();

  private static final long ROW_GROUP = 1024 * 1024;
  private static final int FILES_AT_ONCE = 3;
  private static final int ROWS = 4_000;
  private static final byte POISON = (byte) 0xdb;

  @TempDir Path scratch;

  /** Spoils what is given back, so that whatever of it is used afterwards shows in the file. */
  private static final class SpoiledBuffers extends MeteredBuffers {
    private long spoiled;

    SpoiledBuffers(BufferPool pool) {
      super(pool);
    }

    @Override
    public void release(ByteBuffer buffer) {
      Arrays.fill(buffer.array(), POISON);
      spoiled += buffer.array().length;
      super.release(buffer);
    }
  }

  /** One file in the making, and what was written to it. */
  private final class Written {
    private final SpoiledBuffers buffers;
    private final ParquetFile file;
    private final List<String> rows = new ArrayList<>();

    Written(BufferPool pool) throws IOException {
      buffers = new SpoiledBuffers(pool);
      file = new ParquetFile(SCHEMA, Set.of("plain"), scratch, ROW_GROUP, buffers);
    }

    void append(GenericRecord row) throws IOException {
      file.append(row);
      rows.add(row.toString());
    }

    List<String> readBack() throws IOException {
      file.finish();
      byte[] content = new byte[(int) file.content().size()];
      file.content().read(0, ByteBuffer.wrap(content));
      file.discard();
      return ParquetRows.read(content).stream().map(GenericRecord::toString).toList();
    }
  }

  @Test
  void whatParquetGivesBackItDoesNotUseAgainAndWhatItGetsNeedNotBeEmpty() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    BufferPool pool = new BufferPool(8 << 20);
    long spoiled = 0;
    for (int round = 0; round < 3; round++) {
      List<Written> open = new ArrayList<>();
      for (int i = 0; i < FILES_AT_ONCE; i++) {
        open.add(new Written(pool));
      }
      for (int i = 0; i < FILES_AT_ONCE * ROWS; i++) {
        open.get(random.nextInt(FILES_AT_ONCE)).append(row(random));
      }
      for (Written written : open) {
        assertThat(written.readBack()).isEqualTo(written.rows);
        assertThat(written.buffers.held()).isZero();
        spoiled += written.buffers.spoiled;
      }
    }

    assertThat(spoiled).isGreaterThan(20 * ROW_GROUP);
    assertThat(pool.unusedBytes()).isBetween(ROW_GROUP, 8L << 20);
  }

  private static GenericRecord row(SplittableRandom random) {
    GenericRecord row = new GenericData.Record(SCHEMA);
    row.put("n", random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(100));
    row.put("d", random.nextDouble());
    row.put("flag", random.nextBoolean());
    row.put("one_of_few", "state-" + random.nextInt(20));
    row.put("one_of_many", "key-" + random.nextLong());
    row.put("plain", random.nextInt(5) == 0 ? null : "x".repeat(random.nextInt(1_200)));
    row.put("raw", random.nextInt(3) == 0 ? null : ByteBuffer.wrap(noise(random, 60)));
    List<String> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add("tag-" + random.nextInt(1_000));
    }
    row.put("list", list);
    row.put("map", random.nextBoolean() ? Map.of() : Map.of("count", random.nextLong()));
    return row;
  }

  private static byte[] noise(SplittableRandom random, int most) {
    byte[] noise = new byte[random.nextInt(most)];
    random.nextBytes(noise);
    return noise;
  }
}
