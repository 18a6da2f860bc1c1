package dev.afterbay.reconciliation.heal;

import dev.afterbay.reconciliation.compare.Duck;
import dev.afterbay.reconciliation.heal.Traces.Image.Side;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** The rows that gaps of a cluster need, in DuckDB, where their images are. */
final class Planned {
  private final Duck duck;

  Planned(Duck duck) {
    this.duck = duck;
    duck.run(
        "CREATE TABLE planned (gap INTEGER, k0 VARCHAR, k1 VARCHAR, micros BIGINT, truth BIGINT,"
            + " truth_new BOOLEAN, known BIGINT, known_new BOOLEAN)");
    duck.run("CREATE TABLE done (k0 VARCHAR, k1 VARCHAR)");
  }

  /** What is done with a planned row; images are canonical DynamoDB JSON. */
  @FunctionalInterface
  interface RowAction {
    void on(
        String first,
        String second,
        Instant time,
        @Nullable String newImage,
        @Nullable String oldImage);
  }

  void add(DuckDBAppender planned, int gap, String first, String second, Finding.Changed row)
      throws SQLException {
    planned.beginRow();
    planned.append(gap);
    planned.append(first);
    planned.append(second);
    planned.append(ChronoUnit.MICROS.between(Instant.EPOCH, row.time()));
    planned.append(row.truth().image().id());
    planned.append(row.truth().image().side() == Side.NEW);
    if (row.known().isPresent()) {
      planned.append(row.known().get().image().id());
      planned.append(row.known().get().image().side() == Side.NEW);
    } else {
      planned.appendNull();
      planned.appendNull();
    }
    planned.endRow();
  }

  /** Rows of these keys are in the log of the gap already. */
  void done(String keys) {
    duck.run("DELETE FROM done");
    if (!keys.isEmpty()) {
      duck.run("INSERT INTO done " + keys);
    }
  }

  /** Hands out the rows of a gap that are not done, by hour and key. */
  void each(int gap, RowAction action) {
    duck.ask(
        "SELECT p.k0, p.k1, p.micros, CASE WHEN p.truth_new THEN t.new_image ELSE t.old_image END,"
            + " CASE WHEN p.known_new THEN k.new_image ELSE k.old_image END"
            + " FROM planned p ANTI JOIN done USING (k0, k1)"
            + " JOIN images t ON t.id = p.truth LEFT JOIN images k ON k.id = p.known"
            + " WHERE p.gap = "
            + gap
            + " ORDER BY p.micros // 3600000000, p.k0, p.k1",
        row ->
            action.on(
                row.getString(1),
                row.getString(2),
                Instant.EPOCH.plus(row.getLong(3), ChronoUnit.MICROS),
                row.getString(4),
                row.getString(5)));
  }

  /** From here on the images of all that was gathered are found by their ids. */
  void images() {
    duck.run(
        "CREATE VIEW images AS SELECT id, new_image, old_image FROM lines UNION ALL"
            + " SELECT id, new_image, old_image FROM lake UNION ALL SELECT "
            + Traces.NO_ID
            + ", NULL, NULL");
  }
}
