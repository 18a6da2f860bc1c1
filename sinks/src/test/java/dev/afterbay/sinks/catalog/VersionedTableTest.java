package dev.afterbay.sinks.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.segment.LakeTable.Partitioning;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The state of items over an export and the changes beside it, as DuckDB understands it. */
class VersionedTableTest {
  private static final Schema STRING = Schema.create(Schema.Type.STRING);
  private static final CatalogTable ORDERS =
      new CatalogTable(
          "orders",
          "shop/orders",
          "Orders",
          CatalogTable.Format.PARQUET,
          List.of(
              column("cdc_op", STRING),
              column(
                  "cdc_time",
                  LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG))),
              column("cdc_seq", STRING),
              column("cdc_stream", STRING),
              column("cdc_key", STRING),
              column("v", STRING)),
          Optional.of(Partitioning.BY_HOUR));
  private static final VersionedTable WITHOUT =
      new VersionedTable(ORDERS, List.of("cdc_key"), Optional.empty());
  private static final VersionedTable WITH =
      new VersionedTable(
          ORDERS,
          List.of("cdc_key"),
          Optional.of(
              new BaseSnapshot(
                  "orders_snapshots",
                  "2026-11-20T10-00-00Z",
                  Instant.parse("2026-11-20T10:00:00Z"))));

  private Connection duck;

  @BeforeEach
  void changesAndTwoExports() throws SQLException {
    duck = DriverManager.getConnection("jdbc:duckdb:");
    run(
        "CREATE TABLE orders (cdc_op VARCHAR, cdc_time TIMESTAMP, cdc_seq VARCHAR,"
            + " cdc_stream VARCHAR, cdc_key VARCHAR, v VARCHAR, dt VARCHAR, hh VARCHAR)");
    change("INSERT", "2026-11-19 08:00:00", 1, "early", "e1");
    change("MODIFY", "2026-11-20 09:54:59", 2, "early", "e2");
    change("INSERT", "2026-11-20 09:56:00", 3, "near", "n1");
    change("MODIFY", "2026-11-20 10:30:00", 4, "near", "n2");
    change("INSERT", "2026-11-19 08:00:00", 5, "gone", "g1");
    change("REMOVE", "2026-11-20 11:00:00", 6, "gone", "g1");
    change("INSERT", "2026-11-20 12:00:00", 7, "late", "l1");
    run(
        "CREATE TABLE orders_snapshots AS SELECT 'INSERT' AS cdc_op,"
            + " TIMESTAMP '2026-11-20 10:00:00' AS cdc_time, '' AS cdc_seq, '' AS cdc_stream,"
            + " k AS cdc_key, v, s AS snapshot FROM (VALUES"
            + " ('early', 'e2', '2026-11-20T10-00-00Z'), ('near', 'n1', '2026-11-20T10-00-00Z'),"
            + " ('gone', 'g1', '2026-11-20T10-00-00Z'), ('old', 'o1', '2026-11-20T10-00-00Z'),"
            + " ('other', 'x', '2026-11-19T10-00-00Z')) t(k, v, s)");
  }

  @AfterEach
  void close() throws SQLException {
    duck.close();
  }

  @Test
  void theStateWithoutAnExportIsWhatTheChangesTell() throws SQLException {
    assertThat(ask(current(WITHOUT))).containsExactly("early=e2", "late=l1", "near=n2");
  }

  @Test
  void anExportAddsWhatNoChangeEverToldOf() throws SQLException {
    assertThat(ask(current(WITH))).containsExactly("early=e2", "late=l1", "near=n2", "old=o1");
  }

  @Test
  void changesFiveMinutesBeforeTheExportAndOlderAreNotRead() throws SQLException {
    run("DELETE FROM orders WHERE cdc_time < TIMESTAMP '2026-11-20 09:55:00'");

    assertThat(ask(current(WITH))).containsExactly("early=e2", "late=l1", "near=n2", "old=o1");
    assertThat(current(WITH)).contains("dt >= '2026-11-20' AND cdc_time >= ");
  }

  @Test
  void aSecondBeforeTheExportIsToldByTheChangesAlone() throws SQLException {
    assertThat(ask(at("2026-11-20 09:59:59"))).containsExactly("early=e2", "gone=g1", "near=n1");
    assertThat(ask(at("2026-11-19 07:59:59"))).isEmpty();
  }

  @Test
  void aSecondAfterTheExportIsToldByBoth() throws SQLException {
    assertThat(ask(at("2026-11-20 10:00:00")))
        .containsExactly("early=e2", "gone=g1", "near=n1", "old=o1");
    assertThat(ask(at("2026-11-20 11:00:00"))).containsExactly("early=e2", "near=n2", "old=o1");
  }

  @Test
  void whoeverExecutesThePreparedQueryGivesTheMomentOnce() {
    assertThat(WITH.asOf().sql()).containsOnlyOnce("?");
    assertThat(WITHOUT.asOf().sql()).containsOnlyOnce("?");
  }

  private static String current(VersionedTable table) {
    return table.views().stream()
        .filter(view -> view.name().equals("orders_current"))
        .findFirst()
        .orElseThrow()
        .select();
  }

  private static String at(String moment) {
    return WITH.asOf().sql().replaceFirst("\\?", "'" + moment + "'");
  }

  private void change(String operation, String time, int number, String key, String value)
      throws SQLException {
    run(
        "INSERT INTO orders VALUES ('%s', TIMESTAMP '%s', '%040d', '2026-01-01', '%s', '%s', '%s', '%s')"
            .formatted(
                operation,
                time,
                number,
                key,
                value,
                time.substring(0, 10),
                time.substring(11, 13)));
  }

  private Stream<String> ask(String sql) throws SQLException {
    TreeSet<String> items = new TreeSet<>();
    try (Statement statement = duck.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        items.add(row.getString("cdc_key") + "=" + row.getString("v"));
      }
    }
    return items.stream();
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      statement.execute(sql);
    }
  }

  private static CatalogColumn column(String name, Schema type) {
    return new CatalogColumn(name, type, "");
  }
}
