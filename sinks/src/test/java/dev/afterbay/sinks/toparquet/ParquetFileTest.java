package dev.afterbay.sinks.toparquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFileTest {
  private static final Schema SCHEMA =
      SchemaBuilder.record("Row")
          .fields()
          .requiredString("id")
          .requiredLong("n")
          .optionalString("text")
          .endRecord();

  @TempDir Path scratch;

  @Test
  void aSmallFileNeverTouchesTheDisk() throws IOException {
    ParquetFile file = file(10, "x");

    assertThat(file.rows()).isEqualTo(10);
    assertThat(file.bytes()).isEqualTo(file.content().size()).isPositive();
    assertThat(scratchFiles()).isEmpty();
    assertThat(bytes(file)).startsWith('P', 'A', 'R', '1').endsWith('P', 'A', 'R', '1');
  }

  @Test
  void aLargeFileSpillsAndLeavesNothingBehind() throws IOException {
    ParquetFile file = file(3000, null);

    assertThat(file.content().size()).isGreaterThan(2L * SpillBuffer.MEMORY_BYTES);
    assertThat(rows(bytes(file))).isEqualTo(3000);

    file.discard();

    assertThat(scratchFiles()).isEmpty();
    assertThatIOException().isThrownBy(() -> bytes(file));
  }

  @Test
  void anUnfinishedFileIsDiscardedWithoutATrace() throws IOException {
    ParquetFile file = new ParquetFile(SCHEMA, Set.of(), scratch);
    file.append(row(1, "x"));

    file.discard();

    assertThat(scratchFiles()).isEmpty();
  }

  @Test
  void theSizeGrowsWhileRowsAreAppended() throws IOException {
    ParquetFile file = new ParquetFile(SCHEMA, Set.of(), scratch);
    long empty = file.bytes();
    for (int i = 0; i < 1000; i++) {
      file.append(row(i, "some text"));
    }

    assertThat(file.bytes()).isGreaterThan(empty);
    file.discard();
  }

  @Test
  void theMemoryIsThatOfOneRowGroupHoweverLargeTheFileBecomes() throws IOException {
    long rowGroup = 1024 * 1024;
    SplittableRandom random = new SplittableRandom(7);
    ParquetFile file = new ParquetFile(SCHEMA, Set.of("text"), scratch, rowGroup);
    long most = 0;
    for (int i = 0; i < 8_000; i++) {
      file.append(row(i, noise(random)));
      most = Math.max(most, file.memory());
    }

    assertThat(file.bytes()).isGreaterThan(4 * rowGroup);
    assertThat(most).isBetween(rowGroup, 3 * rowGroup);
    file.finish();
    assertThat(file.memory()).isZero();
    assertThat(rows(bytes(file))).isEqualTo(8_000);
  }

  /** Parquet would look at its size after a hundred rows, and after small ones much later. */
  @Test
  void aFewLargeRowsAfterManySmallOnesLeaveTheMemoryAtOnce() throws IOException {
    long rowGroup = 1024 * 1024;
    SplittableRandom random = new SplittableRandom(7);
    String large = noise(random).repeat(350);
    ParquetFile file = new ParquetFile(SCHEMA, Set.of("text"), scratch, rowGroup);
    for (int i = 0; i < 5_000; i++) {
      file.append(row(i, "x"));
    }
    long most = 0;
    for (int i = 0; i < 50; i++) {
      file.append(row(i, large));
      most = Math.max(most, file.memory());
    }

    assertThat(most).isLessThan(6L * large.length());
    file.discard();
  }

  @Test
  void aSmallFileThatIsFinishedIsHeldInMemory() throws IOException {
    ParquetFile file = file(10, "x");

    assertThat(file.memory()).isEqualTo(file.bytes());
    assertThat(scratchFiles()).isEmpty();
  }

  @Test
  void theFooterTellsTheRowsOfAnyFile() throws IOException {
    for (int rows : List.of(0, 1, 7, 5000)) {
      assertThat(rows(bytes(file(rows, "x")))).isEqualTo(rows);
    }
  }

  @Test
  void aFooterLongerThanTheFirstReadIsReadWhole() throws IOException {
    SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("Wide").fields();
    for (int i = 0; i < 600; i++) {
      fields = fields.optionalString("column_with_a_rather_long_name_" + i);
    }
    Schema wide = fields.endRecord();
    ParquetFile file = new ParquetFile(wide, Set.of(), scratch);
    file.append(new GenericData.Record(wide));
    file.finish();
    assertThat(file.content().size()).isGreaterThan(64 * 1024);

    assertThat(rows(bytes(file))).isEqualTo(1);
  }

  @Test
  void aFileWhoseEndIsGoneHasNoFooter() throws IOException {
    byte[] whole = bytes(file(10, "x"));

    assertThatIOException().isThrownBy(() -> rows(new byte[0]));
    assertThatIOException().isThrownBy(() -> rows(Arrays.copyOf(whole, 5)));
    assertThatIOException().isThrownBy(() -> rows(Arrays.copyOf(whole, whole.length - 3)));
    assertThatIOException().isThrownBy(() -> rows(new byte[whole.length]));
    byte[] garbled = whole.clone();
    Arrays.fill(garbled, whole.length - 60, whole.length - 8, (byte) 0xff);
    assertThatIOException().isThrownBy(() -> rows(garbled));
  }

  private ParquetFile file(int rows, @Nullable String text) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    ParquetFile file = new ParquetFile(SCHEMA, Set.of("text"), scratch);
    for (int i = 0; i < rows; i++) {
      file.append(row(i, text == null ? noise(random) : text));
    }
    file.finish();
    return file;
  }

  private static String noise(SplittableRandom random) {
    StringBuilder noise = new StringBuilder();
    for (int i = 0; i < 1200; i++) {
      noise.append((char) ('!' + random.nextInt(90)));
    }
    return noise.toString();
  }

  private static GenericRecord row(int i, String text) {
    GenericRecord row = new GenericData.Record(SCHEMA);
    row.put("id", "row-" + i);
    row.put("n", (long) i);
    row.put("text", text);
    return row;
  }

  private static byte[] bytes(ParquetFile file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) file.content().size());
    file.content().read(0, bytes);
    return bytes.array();
  }

  private static long rows(byte[] file) throws IOException {
    return ParquetFooter.rows(
        file.length,
        (offset, length) -> Arrays.copyOfRange(file, (int) offset, (int) offset + length));
  }

  private List<Path> scratchFiles() throws IOException {
    try (Stream<Path> files = Files.list(scratch)) {
      return files.toList();
    }
  }
}
