package dev.afterbay.local.torture.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.local.aws.Json;
import dev.afterbay.local.stream.ScriptedTable;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table's lake as plain files, read by a DuckDB that knows nothing of the service.
 *
 * @param root the folder of the lake's prefix
 * @param table a table with two keys of type S
 */
public record LakeFiles(Path root, ScriptedTable table) {
  /** The typed table that has a row for each row of the changes. */
  public static final String TYPED_TABLE = "everything";

  private static final String CHANGES = "changes/dt=*/hh=*/*.parquet";
  private static final String TYPED = TYPED_TABLE + "/dt=*/hh=*/*.parquet";
  private static final int ATTEMPTS = 5;
  private static final String QUARANTINE = "quarantine/dt=*/*.parquet";

  /** How many rows there are; 0 as well while a file is just being written. */
  public long rows() {
    try {
      return count(CHANGES) + count(QUARANTINE);
    } catch (SQLException e) {
      return 0;
    }
  }

  /** All rows of the changes, and all records that were set aside. */
  public List<Found> read() {
    List<Found> found = new ArrayList<>();
    String first = table.keys().get(0).name();
    String second = table.keys().get(1).name();
    try {
      ask(
          CHANGES,
          "filename, file_row_number, cdc_stream, cdc_shard, cdc_seq, cdc_op,"
              + " epoch_us(cdc_time), new_image, old_image, \"%s\", \"%s\""
                  .formatted(first, second),
          row ->
              found.add(
                  found(
                      row,
                      Optional.of(
                          new Found.Content(
                              key(first, text(row, 10), second, text(row, 11)),
                              text(row, 6),
                              row.getLong(7),
                              Images.digestOfJson(row.getString(8), row.getString(9)))))));
      ask(
          QUARANTINE,
          "filename, file_row_number, cdc_stream, cdc_shard, cdc_seq",
          row -> found.add(found(row, Optional.empty())));
    } catch (SQLException e) {
      throw new IllegalStateException("The lake's files cannot be read: " + e.getMessage(), e);
    }
    return found;
  }

  /** All rows of the typed table. */
  public List<Twin> twins() {
    List<Twin> twins = new ArrayList<>();
    try {
      ask(
          TYPED,
          "cdc_stream, cdc_shard, cdc_seq, cdc_key",
          row ->
              twins.add(
                  new Twin(
                      shard(text(row, 1), text(row, 2)),
                      new SequenceNumber(text(row, 3)),
                      compact(text(row, 4)))));
    } catch (SQLException e) {
      throw new IllegalStateException("The lake's files cannot be read: " + e.getMessage(), e);
    }
    return twins;
  }

  /** The gaps that the lake admits. */
  public List<Gap> gaps() {
    Path folder = root.resolve("_afterbay/gaps").resolve(table.name().folder());
    UncheckedIOException last = new UncheckedIOException(new IOException("not tried"));
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        return gaps(folder);
      } catch (UncheckedIOException e) {
        // A file that is just being put into place.
        last = e;
      }
    }
    throw last;
  }

  private List<Gap> gaps(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(this::gap)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Gap gap(Path file) {
    try {
      JsonNode json = Json.read(Files.readAllBytes(file));
      return new Gap(
          shard(Json.text(json, "stream"), Json.text(json, "shard")),
          new SequenceNumber(Json.text(json, "after")),
          json.hasNonNull("before")
              ? Optional.of(new SequenceNumber(Json.text(json, "before")))
              : Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Found found(ResultSet row, Optional<Found.Content> content) throws SQLException {
    return new Found(
        root.relativize(Path.of(text(row, 1))).toString(),
        row.getLong(2),
        shard(text(row, 3), text(row, 4)),
        new SequenceNumber(text(row, 5)),
        content);
  }

  private StreamShard shard(String stream, String shard) {
    TableName name = table.name();
    return new StreamShard(name, new StreamLabel(stream), new ShardId(shard));
  }

  private static String compact(String json) {
    return Json.read(json.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String key(String first, String one, String second, String two) {
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    key.putObject(first).put("S", one);
    key.putObject(second).put("S", two);
    return key.toString();
  }

  private static String text(ResultSet row, int column) throws SQLException {
    @Nullable String text = row.getString(column);
    return Objects.requireNonNull(text, "a column without value");
  }

  private long count(String files) throws SQLException {
    long[] count = new long[1];
    ask(files, "count(*)", row -> count[0] = row.getLong(1));
    return count[0];
  }

  private void ask(String files, String columns, Each each) throws SQLException {
    Path folder = root.resolve(table.name().folder());
    if (none(folder.resolve(files.substring(0, files.indexOf('/'))))) {
      return;
    }
    String sql =
        "SELECT %s FROM read_parquet('%s', hive_partitioning=false, filename=true, file_row_number=true)"
            .formatted(columns, folder.resolve(files).toString().replace("'", "''"));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        each.row(result);
      }
    }
  }

  private static boolean none(Path folder) {
    if (!Files.isDirectory(folder)) {
      return true;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.noneMatch(file -> file.toString().endsWith(".parquet"));
    } catch (IOException | UncheckedIOException e) {
      return true;
    }
  }

  private interface Each {
    void row(ResultSet row) throws SQLException;
  }
}
