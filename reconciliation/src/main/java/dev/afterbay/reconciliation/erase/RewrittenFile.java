package dev.afterbay.reconciliation.erase;

import dev.afterbay.reconciliation.compare.Duck;
import dev.afterbay.sinks.catalog.SqlName;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.toparquet.ParquetFile;
import dev.afterbay.sinks.toparquet.ParquetFooter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * A Parquet file of the lake written once more without the rows of some keys, and read again: what
 * is left is what was there, in its order.
 *
 * @param content of the new file
 * @param rows that it has
 * @param dropped how many the old one had beside
 */
record RewrittenFile(byte[] content, long rows, long dropped) {
  /**
   * Writes a file anew; empty if no row is of the keys.
   *
   * @param file on this machine
   * @param folder of this piece of work
   * @throws IOException if it cannot be read or written
   * @throws LakeException if the new file does not hold the rest
   */
  static Optional<RewrittenFile> of(Path file, ErasedKeys keys, Path folder) throws IOException {
    try (Duck duck = Duck.inMemory(Duck.Limits.of(folder))) {
      duck.run("SET preserve_insertion_order = true");
      Schema schema = schema(file);
      Set<String> columns =
          schema.getFields().stream().map(Schema.Field::name).collect(Collectors.toSet());
      Set<Long> dropped = keys.rowsIn(duck, file, columns);
      if (dropped.isEmpty()) {
        return Optional.empty();
      }
      RewrittenFile rewritten = write(duck, file, schema, dropped, folder);
      Path again = Files.write(folder.resolve("rewritten.parquet"), rewritten.content());
      verify(duck, schema, file, dropped, again);
      if (!keys.rowsIn(duck, again, columns).isEmpty()) {
        throw new LakeException("rows that were to be erased are still there");
      }
      return Optional.of(rewritten);
    }
  }

  private static Schema schema(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return ParquetFooter.schema(
          channel.size(),
          (offset, length) -> {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            try {
              while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) > 0) {}
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            return bytes.array();
          });
    }
  }

  private static RewrittenFile write(
      Duck duck, Path file, Schema schema, Set<Long> dropped, Path folder) throws IOException {
    ParquetFile copy = new ParquetFile(schema, LakeTable.allPlainColumns(), folder);
    try {
      int number = schema.getFields().size() + 1;
      duck.ask(
          "SELECT " + columns(schema) + ", file_row_number" + from(file),
          row -> {
            if (!dropped.contains(row.getLong(number))) {
              try {
                copy.append(AvroRows.row(schema, row));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          });
      copy.finish();
      ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(copy.bytes()));
      copy.content().read(0, content);
      return new RewrittenFile(content.array(), copy.rows(), dropped.size());
    } finally {
      copy.discard();
    }
  }

  /** By place and by value, as DuckDB reads them. */
  private static void verify(Duck duck, Schema schema, Path file, Set<Long> dropped, Path again) {
    duck.run("CREATE TABLE dropped (number BIGINT)");
    duck.add(
        "dropped",
        table -> {
          for (long number : dropped) {
            table.beginRow();
            table.append(number);
            table.endRow();
          }
        });
    String expected =
        "SELECT %s, row_number() OVER (ORDER BY file_row_number) - 1%s WHERE file_row_number NOT IN (FROM dropped)"
            .formatted(columns(schema), from(file));
    String found = "SELECT " + columns(schema) + ", file_row_number" + from(again);
    long different =
        duck.number(
            "SELECT count(*) FROM ((%1$s EXCEPT %2$s) UNION ALL (%2$s EXCEPT %1$s))"
                .formatted(expected, found));
    if (different > 0) {
      throw new LakeException("the rows that are left are not those that were there");
    }
  }

  private static String columns(Schema schema) {
    return schema.getFields().stream()
        .map(field -> SqlName.quoted(field.name()))
        .collect(Collectors.joining(", "));
  }

  private static String from(Path file) {
    return " FROM read_parquet(%s, file_row_number = true, hive_partitioning = false)"
        .formatted(Duck.files(List.of(file)));
  }
}
