package dev.afterbay.reconciliation.heal;

import dev.afterbay.reconciliation.compare.Duck;
import dev.afterbay.reconciliation.export.NetChange;
import dev.afterbay.reconciliation.heal.Traces.Line;
import dev.afterbay.reconciliation.heal.Traces.Row;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.protect.Protection;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * What exports and lake tell about the keys of a cluster, in DuckDB: of each key the lines, and the
 * rows around the gaps.
 */
final class Evidence {
  /** Sorts as the order of changes does: labels are padded by what comes before all of theirs. */
  private static final String ORDER =
      "rpad(cdc_stream, 64, ' ') || cdc_seq || lpad(epoch_us(cdc_time)::VARCHAR, 20, '0')";

  private final Duck duck;
  private final TableName table;
  private final KeyColumns keys;
  private final Protection protection;
  private long ids;

  Evidence(Duck duck, TableName table, KeyColumns keys, Protection protection) {
    this.duck = duck;
    this.table = table;
    this.keys = keys;
    this.protection = protection;
    duck.run("CREATE SEQUENCE ids START 1");
    duck.run(
        "CREATE TABLE lines (id BIGINT, k0 VARCHAR, k1 VARCHAR, place INTEGER, micros BIGINT,"
            + " digest VARCHAR, old_digest VARCHAR, new_image VARCHAR, old_image VARCHAR)");
    duck.run(
        "CREATE TABLE lake (id BIGINT, k0 VARCHAR, k1 VARCHAR, place VARCHAR, micros BIGINT,"
            + " stream VARCHAR, seq VARCHAR, shard VARCHAR, told BOOLEAN,"
            + " digest VARCHAR, old_digest VARCHAR, new_image VARCHAR, old_image VARCHAR)");
  }

  /** What is known of one key. */
  @FunctionalInterface
  interface KeyAction {
    void on(String first, String second, Traces traces) throws SQLException;
  }

  /** Adds a line of an export; lines bear ids below zero. */
  void line(DuckDBAppender lines, int window, NetChange change) throws SQLException {
    Image key = Image.of(change.keys());
    ChangeEvent line =
        protection.protect(
            new ChangeEvent(
                Operation.MODIFY,
                change.writtenAt(),
                SequenceNumber.parse("0"),
                "",
                false,
                key,
                change.newImage().map(Image::of).orElse(null),
                change.oldImage().map(Image::of).orElse(null)));
    Image now = line.newImage();
    Image old = line.oldImage();
    lines.beginRow();
    lines.append(--ids);
    lines.append(keys.text(change.keys(), 0));
    lines.append(keys.text(change.keys(), 1));
    lines.append(window);
    lines.append(ChronoUnit.MICROS.between(Instant.EPOCH, change.writtenAt()));
    append(lines, now == null ? null : now.digest());
    append(lines, old == null ? null : old.digest());
    append(lines, now == null ? null : now.json());
    append(lines, old == null ? null : old.json());
    lines.endRow();
  }

  /** Adds every row of some files. */
  void rows(List<Path> files) {
    duck.run("INSERT INTO lake " + selected(files));
  }

  /** From here on, rows of other keys than those that were seen by now do not matter. */
  void onlyKnownKeys() {
    duck.run("CREATE TABLE known AS SELECT k0, k1 FROM lines UNION SELECT k0, k1 FROM lake");
  }

  /** Adds the first record of each known key in some files, and whatever no stream told. */
  void firstRows(List<Path> files) {
    duck.run(
        "INSERT INTO lake SELECT * FROM ("
            + selected(files)
            + ") SEMI JOIN known USING (k0, k1)"
            + " QUALIFY NOT told OR row_number() OVER (PARTITION BY k0, k1, told ORDER BY place)"
            + " = 1");
  }

  void unplaced() {
    duck.run("CREATE TABLE unplaced (k0 VARCHAR, k1 VARCHAR)");
  }

  void unplaced(DuckDBAppender unplaced, String first, String second) throws SQLException {
    unplaced.beginRow().append(first).append(second);
    unplaced.endRow();
  }

  /** Adds the last rows in some files of the keys that have no place yet. */
  void lastRows(List<Path> files) {
    duck.run(
        "INSERT INTO lake SELECT * FROM ("
            + selected(files)
            + ") SEMI JOIN unplaced USING (k0, k1)"
            + " QUALIFY row_number() OVER (PARTITION BY k0, k1, told ORDER BY place DESC) = 1");
  }

  /**
   * Hands out what is known of each key, in the order of the keys.
   *
   * @param gaps between which the first and the last row of a key are needed
   * @param w0 from here to w1, too
   */
  void each(List<GapSite> gaps, Instant w0, Instant w1, KeyAction action) throws SQLException {
    String stretch =
        gaps.stream()
            .map(GapSite::spot)
            .map(
                spot ->
                    "(stream > %1$s OR stream = %1$s AND seq > '%2$s')::INTEGER"
                        .formatted(
                            Duck.literal(spot.stream().value()), spot.sequenceNumber().padded()))
            .collect(Collectors.joining(" + "));
    String within = "micros >= %d AND micros < %d".formatted(micros(w0), micros(w1));
    duck.run("DROP TABLE IF EXISTS edges");
    duck.run(
        "CREATE TABLE edges AS SELECT DISTINCT unnest([arg_min(id, place) FILTER (told),"
            + " arg_max(id, place) FILTER (told), arg_max(id, place),"
            + " arg_min(id, place) FILTER (told AND "
            + within
            + "), arg_max(id, place) FILTER (told AND "
            + within
            + ")]) AS id FROM lake GROUP BY k0, k1, "
            + stretch);
    duck.run("DROP TABLE IF EXISTS ends");
    duck.run(
        "CREATE TABLE ends AS SELECT DISTINCT unnest([arg_min(id, place), arg_max(id, place)]) AS"
            + " id FROM lines GROUP BY k0, k1");
    Gathering gathering = new Gathering(action);
    duck.ask(
        "SELECT k0, k1, 0 AS kind, place, id, micros, stream, seq, shard, told, digest, old_digest"
            + " FROM lake SEMI JOIN edges USING (id) UNION ALL SELECT k0, k1, 1,"
            + " lpad(place::VARCHAR, 9, '0'), id, micros, NULL, NULL, NULL, NULL, digest,"
            + " old_digest FROM lines SEMI JOIN ends USING (id) ORDER BY 1, 2, 3, 4",
        gathering);
    gathering.flush();
  }

  private String selected(List<Path> files) {
    return "SELECT nextval('ids') AS id, "
        + keys.sql(0)
        + " AS k0, "
        + keys.sql(1)
        + " AS k1, "
        + ORDER
        + " AS place, epoch_us(cdc_time) AS micros, cdc_stream AS stream, cdc_seq AS seq,"
        + " cdc_shard AS shard, cdc_origin = 'STREAM' AS told, cdc_digest AS digest,"
        + " cdc_old_digest AS old_digest, new_image, old_image FROM read_parquet("
        + Duck.files(files)
        + ", hive_partitioning = false)";
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static void append(DuckDBAppender row, @Nullable String text) throws SQLException {
    if (text == null) {
      row.appendNull();
    } else {
      row.append(text);
    }
  }

  /** Puts together what stands in several rows of an answer. */
  private final class Gathering implements Duck.RowTaker {
    private final KeyAction action;
    private final List<Row> rows = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private String first = "";
    private String second = "";

    Gathering(KeyAction action) {
      this.action = action;
    }

    @Override
    public void take(ResultSet row) throws SQLException {
      String k0 = row.getString(1);
      String k1 = row.getString(2);
      if (!k0.equals(first) || !k1.equals(second)) {
        flush();
        first = k0;
        second = k1;
      }
      Instant time = Instant.EPOCH.plus(row.getLong(6), ChronoUnit.MICROS);
      if (row.getInt(3) == 1) {
        lines.add(new Line(row.getLong(5), time, row.getString(11), row.getString(12)));
        return;
      }
      StreamLabel stream = new StreamLabel(row.getString(7));
      rows.add(
          new Row(
              row.getLong(5),
              new Spot(stream, new SequenceNumber(row.getString(8))),
              new StreamShard(table, stream, new ShardId(row.getString(9))),
              row.getBoolean(10),
              time,
              row.getString(11),
              row.getString(12)));
    }

    void flush() throws SQLException {
      if (!rows.isEmpty() || !lines.isEmpty()) {
        action.on(first, second, new Traces(rows, lines));
        rows.clear();
        lines.clear();
      }
    }
  }
}
