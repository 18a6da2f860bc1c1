package dev.afterbay.consumer.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.sinks.toparquet.ParquetFile;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DuckRowsTest {
  private static final Schema SCHEMA =
      new ChangesTable(
              List.of(new KeyAttribute("PK-1 of it", KeyType.S), new KeyAttribute("SK", KeyType.B)))
          .schema();

  @TempDir private Path dir;

  @Test
  void rowsComeBackInOrderFromSeveralRowGroupsWhateverTheirKeysAreCalled() throws IOException {
    List<GenericRecord> rows = new ArrayList<>();
    for (int number = 0; number < 20_000; number++) {
      rows.add(row(number));
    }

    List<GenericRecord> back = new ArrayList<>();
    try (DuckRows reader = DuckRows.open(dir)) {
      assertThat(reader.read(write(rows), SCHEMA, back::add)).isEqualTo(20_000);
    }

    assertThat(back).isEqualTo(rows);
  }

  @Test
  void aFileThatLacksAColumnIsRefused() throws IOException {
    Path file = write(List.of(row(1)));
    Schema other = new ChangesTable(List.of(new KeyAttribute("Another", KeyType.S))).schema();

    try (DuckRows reader = DuckRows.open(dir)) {
      assertThatThrownBy(() -> reader.read(file, other, row -> {}))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Row 0 cannot be read")
          .hasMessageContaining("Another");
    }
  }

  private Path write(List<GenericRecord> rows) throws IOException {
    ParquetFile file = new ParquetFile(SCHEMA, Set.of("cdc_seq"), dir, 64 * 1024);
    for (GenericRecord row : rows) {
      file.append(row);
    }
    file.finish();
    ByteBuffer bytes = ByteBuffer.allocate((int) file.bytes());
    file.content().read(0, bytes);
    return Files.write(dir.resolve("rows'.parquet"), bytes.array());
  }

  private static GenericRecord row(int number) {
    GenericRecord row = new GenericData.Record(SCHEMA);
    for (Schema.Field field : SCHEMA.getFields()) {
      boolean isOptional = field.schema().isUnion();
      Schema.Type type = isOptional ? Schema.Type.STRING : field.schema().getType();
      row.put(
          field.pos(),
          isOptional && number % 2 == 0
              ? null
              : switch (type) {
                case STRING -> field.name() + "-ü-" + number;
                case LONG -> 1_000_000L * number + 1;
                case BOOLEAN -> number % 3 == 0;
                case BYTES -> ByteBuffer.wrap(new byte[] {(byte) number, 7});
                default -> throw new AssertionError(type);
              });
    }
    return row;
  }
}
