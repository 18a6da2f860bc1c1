package dev.afterbay.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a lake holds, as DuckDB reads it. */
final class LakeQuestions {
  private LakeQuestions() {}

  /** How many different records the raw changes hold; each must be there once. */
  static long records(Path changes) throws SQLException {
    String sql =
        "SELECT count(*), count(DISTINCT cdc_shard || cdc_seq) FROM read_parquet('%s/**/*.parquet')"
            .formatted(changes);
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      if (row.getLong(1) != row.getLong(2)) {
        throw new IllegalStateException(
            row.getLong(1) + " rows of " + row.getLong(2) + " records in " + changes);
      }
      return row.getLong(1);
    }
  }

  /** How many rows the files of such names hold, by their footers. */
  static long visible(Path folder, String names) throws SQLException, IOException {
    if (files(folder, names).isEmpty()) {
      return 0;
    }
    return Long.parseLong(
        ask(
            "SELECT sum(num_rows) FROM parquet_file_metadata('%s/**/%s')"
                .formatted(folder, names)));
  }

  /** The number of rows of raw changes, and a hash of all of them that knows no order. */
  static String content(Path folder, String names) throws SQLException {
    return ask(
        """
        SELECT count(*) || ' ' || sum(hash(cdc_op, epoch_us(cdc_time), cdc_seq, cdc_shard,
            cdc_stream, cdc_event_id, cdc_origin, cdc_ttl, cdc_digest, cdc_old_digest, PK, SK,
            new_image, old_image)::HUGEINT)
        FROM read_parquet('%s/**/%s', hive_partitioning = false)
        """
            .formatted(folder, names));
  }

  private static String ask(String sql) throws SQLException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static List<Path> files(Path folder, String names) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + names);
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> matcher.matches(file.getFileName()))
          .toList();
    }
  }

  /**
   * From the moment when each change was made to that when its file stood in the bucket, sorted, in
   * milliseconds.
   *
   * @param since changes made before are left out
   */
  static List<Long> latencies(Path changes, Instant since) throws SQLException, IOException {
    List<Path> files = files(changes, "*.parquet");
    List<Long> latencies = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      for (Path file : files) {
        long visible = Files.getLastModifiedTime(file).toMillis();
        String sql =
            """
            SELECT %d - epoch_ms(made) FROM (
              SELECT json_extract_string(new_image, '$.CreatedAt.S')::TIMESTAMPTZ AS made
              FROM read_parquet('%s'))
            WHERE made >= '%s'
            """
                .formatted(visible, file, since);
        try (ResultSet row = statement.executeQuery(sql)) {
          while (row.next()) {
            latencies.add(row.getLong(1));
          }
        }
      }
    }
    latencies.sort(null);
    return latencies;
  }
}
