package dev.afterbay.reconciliation.audit;

import dev.afterbay.reconciliation.compare.Duck;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The rows of changes of the lake of books, as DuckDB reads them. */
final class LakeRows {
  private LakeRows() {}

  /**
   * {@code operation origin sequence isbn title old-title}, of a repair with its stream if none.
   */
  static List<String> of(Books books, Path scratch) {
    List<String> rows = new ArrayList<>();
    try (Duck duck = Duck.inMemory(new Duck.Limits(256 << 20, 1, scratch))) {
      Path folder = Files.createTempDirectory(scratch, "rows-");
      List<Path> files = new ArrayList<>();
      try (Stream<StoredObject> objects = books.store.list(books.lake.data(Books.TABLE), "")) {
        for (ObjectKey key : objects.map(StoredObject::key).toList()) {
          if (key.value().contains("/changes/")) {
            Path file = folder.resolve(files.size() + ".parquet");
            Files.write(file, books.store.get(key).orElseThrow());
            files.add(file);
          }
        }
      }
      duck.ask(
          """
          SELECT cdc_op || CASE cdc_origin WHEN 'STREAM' THEN '' ELSE ' ' || cdc_origin END
            || CASE cdc_stream WHEN '-' THEN ' -' ELSE '' END || ' ' || cdc_seq::HUGEINT
            || ' ' || Isbn || ' ' || coalesce(new_image::JSON -> 'Title' ->> 'S', 'null')
            || ' ' || coalesce(old_image::JSON -> 'Title' ->> 'S', 'null')
          FROM read_parquet(%s)"""
              .formatted(Duck.files(files)),
          row -> rows.add(row.getString(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }
}
