package dev.afterbay.local.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A copy of a lake, of its changes without the snapshots, in which three rows of one table are not
 * as they should be.
 *
 * @param prefix of the copy in its bucket
 * @param expected for each verdict that an audit must find, the sort key of the item
 */
record DamagedCopy(String prefix, Map<String, String> expected) {
  private static final String FOLDER = "e_commerce_data/changes";
  private static final String STRANGER = "ORDER#nobody-ordered-this";

  /**
   * What of a lake is not copied: the copy is to be judged by its changes, and for the first time.
   */
  private static final Predicate<String> LEFT_OUT =
      path ->
          path.startsWith("_afterbay/exports/")
              || path.startsWith("_afterbay/snapshots/")
              || path.startsWith("_afterbay/audits/")
              || path.matches("_afterbay/commits/[^/]+/-/.*")
              || path.matches("[^/]+/(.*_)?snapshots/.*")
              || path.matches("[^/]+/audits/.*");

  DamagedCopy {
    expected = Map.copyOf(expected);
  }

  /** Copies a lake and damages the copy. */
  static DamagedCopy of(Path lake) {
    Path copy = lake.resolveSibling(lake.getFileName() + "-damaged");
    copy(lake, copy);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      return damaged(statement, copy);
    } catch (SQLException e) {
      throw new DemoException("The copy " + copy + " cannot be damaged: " + e.getMessage(), e);
    }
  }

  private static DamagedCopy damaged(Statement duck, Path copy) throws SQLException {
    duck.execute(
        """
        CREATE TABLE versions AS
        SELECT PK, SK, cdc_seq, cdc_op, filename,
          row_number() OVER (PARTITION BY PK, SK ORDER BY cdc_seq DESC) AS age,
          count(*) OVER (PARTITION BY PK, SK) AS versions
        FROM read_parquet('%s/**/*.parquet', filename = true)"""
            .formatted(copy.resolve(FOLDER)));
    Row once = row(duck, "versions = 1 AND cdc_op = 'INSERT'");
    Row changed = row(duck, "versions > 1 AND age = 1 AND cdc_op = 'MODIFY'");
    Map<String, String> expected = new TreeMap<>();
    expected.put("missing", once.sortKey());
    rewrite(duck, once.file(), "SELECT * FROM rows WHERE NOT (" + once.condition() + ")");
    expected.put("stale", changed.sortKey());
    rewrite(
        duck,
        changed.file(),
        """
        SELECT * REPLACE (
          CASE WHEN %1$s THEN old_image ELSE new_image END AS new_image,
          CASE WHEN %1$s THEN cdc_old_digest ELSE cdc_digest END AS cdc_digest)
        FROM rows"""
            .formatted(changed.condition()));
    expected.put("phantom", STRANGER);
    rewrite(
        duck,
        changed.file(),
        """
        SELECT * FROM rows UNION ALL
        SELECT * REPLACE ('%s' AS SK, 'INSERT' AS cdc_op) FROM rows WHERE %s"""
            .formatted(STRANGER, changed.condition()));
    return new DamagedCopy(copy.getFileName().toString(), expected);
  }

  /** A row of the changes, and the file that it is in. */
  private record Row(String file, String sortKey, String sequenceNumber) {
    String condition() {
      return "cdc_seq = '" + sequenceNumber + "'";
    }
  }

  private static Row row(Statement duck, String condition) throws SQLException {
    try (ResultSet found =
        duck.executeQuery(
            "SELECT filename, SK, cdc_seq FROM versions WHERE "
                + condition
                + " ORDER BY cdc_seq LIMIT 1")) {
      if (!found.next()) {
        throw new DemoException("No row of the demo's lake is such that " + condition);
      }
      return new Row(found.getString(1), found.getString(2), found.getString(3));
    }
  }

  private static void rewrite(Statement duck, String file, String rows) throws SQLException {
    Path original = Path.of(file);
    Path other = original.resolveSibling("_" + original.getFileName());
    duck.execute(
        "CREATE OR REPLACE TABLE rows AS SELECT * FROM read_parquet('"
            + file
            + "', hive_partitioning = false)");
    duck.execute("COPY (" + rows + ") TO '" + other + "' (FORMAT parquet, COMPRESSION zstd)");
    try {
      Files.move(other, original, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path lake, Path copy) {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(lake)) {
      found
          .filter(Files::isRegularFile)
          .map(lake::relativize)
          .filter(path -> !LEFT_OUT.test(path.toString()))
          .forEach(files::add);
      for (Path file : files) {
        Path target = copy.resolve(file.toString());
        Files.createDirectories(target.getParent());
        Files.copy(lake.resolve(file.toString()), target, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The lake " + lake + " cannot be copied", e);
    }
  }
}
