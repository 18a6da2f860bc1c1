package dev.afterbay.reconciliation.compare;

import dev.afterbay.sinks.toparquet.ParquetFooter;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.ChangeColumn;
import dev.afterbay.transforms.ordering.ChangeOrder;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The lake's side of a comparison as a view of DuckDB, over pruned copies of the files. */
public final class DuckLake {
  private static final List<ChangeColumn> NEEDED =
      List.of(
          ChangeColumn.CDC_DIGEST,
          ChangeColumn.CDC_STREAM,
          ChangeColumn.CDC_SEQ,
          ChangeColumn.CDC_TIME);

  private final Duck duck;
  private final KeyColumns keys;
  private final PrunedFiles files;
  private final Path folder;
  private final Map<Path, StoredObject> copied = new LinkedHashMap<>();

  /** Views of a lake whose files are copied into a folder. */
  public DuckLake(Duck duck, KeyColumns keys, ObjectStore store, Path folder) {
    this.duck = duck;
    this.keys = keys;
    this.files = new PrunedFiles(store);
    this.folder = folder;
  }

  /**
   * Copies what is needed, and makes the view {@code lake} of it: a row for each version, with its
   * key under neutral names, and the file and the row where it stands.
   */
  public void view(LakeSide side) {
    view(side, layout -> KnownColumns.NONE);
  }

  /**
   * The same, but the time of a row says no more than that it is between the side's first moment
   * and another one, if it is; that way less is copied.
   */
  public void viewBefore(Instant moment, LakeSide side) {
    view(side, layout -> KnownColumns.of(layout, side.since(), moment));
  }

  private void view(LakeSide side, Function<ParquetFooter.Layout, KnownColumns> knowledge) {
    List<String> parts = new ArrayList<>();
    parts.addAll(parts(side.changes(), "changes", knowledge, condition(side)));
    parts.addAll(parts(side.snapshot(), "snapshot", knowledge, ""));
    duck.run(
        "CREATE VIEW lake AS " + (parts.isEmpty() ? nothing() : String.join(" UNION ALL ", parts)));
  }

  /**
   * Copies one more column of some files, and makes the view {@code lake_images} of it: the text of
   * an image by the file and the row where it stands.
   *
   * @param some as the view {@code lake} names them
   */
  public void images(Set<String> some) {
    List<Path> names = copied.keySet().stream().filter(p -> some.contains(p.toString())).toList();
    List<StoredObject> from =
        names.stream().map(name -> Objects.requireNonNull(copied.get(name))).toList();
    String image = ChangeColumn.NEW_IMAGE.columnName();
    List<String> parts = new ArrayList<>();
    List<Path> copies = files.copy(from, Set.of(image), folder.resolve("images"));
    for (int i = 0; i < copies.size(); i++) {
      parts.add(
          "SELECT %s AS cdc_file, file_row_number AS cdc_row, %s FROM read_parquet(%s, %s)"
              .formatted(
                  Duck.literal(names.get(i).toString()),
                  image,
                  Duck.files(List.of(copies.get(i))),
                  "file_row_number = true"));
    }
    duck.run(
        "CREATE VIEW lake_images AS "
            + (parts.isEmpty()
                ? "SELECT NULL::VARCHAR AS cdc_file, NULL::BIGINT AS cdc_row, NULL::VARCHAR AS "
                    + image
                    + " WHERE false"
                : String.join(" UNION ALL ", parts)));
  }

  /**
   * A query for the newest version at a moment of each key in a table: its columns in the view
   * {@code lake}, and one of that table.
   */
  public String newest(String table, String column, Instant moment) {
    return """
        SELECT * FROM (
          SELECT t.%s, v.*,
            row_number() OVER (PARTITION BY %s ORDER BY %s) AS cdc_age
          FROM %s t INNER JOIN lake v ON %s
          WHERE v.cdc_time <= %s
        ) aged WHERE cdc_age = 1"""
        .formatted(
            column,
            keys.of("v"),
            ChangeOrder.sqlOrderByNewestFirst(),
            table,
            keys.equal("t", "v"),
            ComparisonSql.time(moment));
  }

  /** A query for the newest version at a moment of every key: its columns in the view. */
  public String newest(Instant moment) {
    return """
        SELECT * EXCLUDE (cdc_age) FROM (
          SELECT v.*, row_number() OVER (PARTITION BY %s ORDER BY %s) AS cdc_age
          FROM lake v
          WHERE v.cdc_time <= %s
        ) aged WHERE cdc_age = 1"""
        .formatted(keys.of("v"), ChangeOrder.sqlOrderByNewestFirst(), ComparisonSql.time(moment));
  }

  /** A query for the keys in some files of changes. */
  public String keys(List<StoredObject> some) {
    Set<String> columns =
        keys.attributes().stream().map(KeyAttribute::name).collect(Collectors.toSet());
    List<Path> copies = files.copy(some, columns, folder.resolve("keys"));
    return "SELECT " + keys.fromLake() + " FROM read_parquet(" + Duck.files(copies) + ")";
  }

  /** How many bytes of the lake were fetched by now. */
  public long bytes() {
    return files.bytes();
  }

  /** A query for all files of which the same is known. */
  private List<String> parts(
      List<StoredObject> from,
      String name,
      Function<ParquetFooter.Layout, KnownColumns> knowledge,
      String condition) {
    Map<KnownColumns, List<Path>> alike = new LinkedHashMap<>();
    for (PrunedFiles.Copy copy :
        files.copyAsWanted(from, layout -> wanted(knowledge.apply(layout)), folder.resolve(name))) {
      copied.put(copy.path(), copy.file());
      alike
          .computeIfAbsent(knowledge.apply(copy.layout()), known -> new ArrayList<>())
          .add(copy.path());
    }
    List<String> parts = new ArrayList<>();
    alike.forEach(
        (known, copies) ->
            parts.add(
                "SELECT * FROM (SELECT "
                    + keys.fromLake()
                    + ", "
                    + NEEDED.stream().map(known::select).collect(Collectors.joining(", "))
                    + ", filename AS cdc_file, file_row_number AS cdc_row FROM read_parquet("
                    + Duck.files(copies)
                    + ", filename = true, file_row_number = true))"
                    + condition));
    return parts;
  }

  private Set<String> wanted(KnownColumns known) {
    Set<String> columns = new HashSet<>();
    keys.attributes().forEach(key -> columns.add(key.name()));
    NEEDED.stream()
        .filter(column -> !known.has(column))
        .forEach(column -> columns.add(column.columnName()));
    return columns;
  }

  private static String condition(LakeSide side) {
    String since =
        side.since().map(time -> " AND cdc_time >= " + ComparisonSql.time(time)).orElse("");
    return " WHERE cdc_time <= " + ComparisonSql.time(side.until()) + since;
  }

  private String nothing() {
    List<String> typed = new ArrayList<>();
    List<String> names = keys.names();
    for (int i = 0; i < names.size(); i++) {
      typed.add("NULL::" + (keys.isBinary(i) ? "BLOB" : "VARCHAR") + " AS " + names.get(i));
    }
    for (ChangeColumn column : NEEDED) {
      String type = column == ChangeColumn.CDC_TIME ? "TIMESTAMP" : "VARCHAR";
      typed.add("NULL::" + type + " AS " + column.columnName());
    }
    typed.add("NULL::VARCHAR AS cdc_file");
    typed.add("NULL::BIGINT AS cdc_row");
    return "SELECT " + String.join(", ", typed) + " WHERE false";
  }
}
