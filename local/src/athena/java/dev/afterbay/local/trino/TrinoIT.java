package dev.afterbay.local.trino;

import static dev.afterbay.local.trino.TestLake.changes;
import static dev.afterbay.local.trino.TestLake.column;
import static dev.afterbay.local.trino.TestLake.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.afterbay.local.athena.AthenaServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Table;

class TrinoIT {
  private static final Column[] COLUMNS = {
    column("pk", "string"), column("n", "bigint"), column("cdc_time", "timestamp")
  };

  @TempDir static Path dir;

  private static TestLake lake;

  @BeforeAll
  static void start() throws Exception {
    lake = new TestLake(dir);
    lake.create(changes("t", COLUMNS));
    for (String day : new String[] {"2026-10-01", "2026-10-02", "2026-10-03"}) {
      for (String hour : new String[] {"09", "10"}) {
        lake.write("t", day, hour, thousand(day, hour));
      }
    }
  }

  /** A thousand changes of an hour, one a microsecond. */
  private static String thousand(String day, String hour) {
    return """
        SELECT 'k' || i AS "PK", i AS n, TIMESTAMP '%s %s:00:00' + to_microseconds(i) AS cdc_time
        FROM range(1000) r(i)
        """
        .formatted(day, hour);
  }

  @AfterAll
  static void stop() {
    lake.close();
  }

  @Test
  void onlyTheFilesOfTheDayThatIsAskedForAreRead() throws SQLException {
    QueryAnswer day = lake.ask("SELECT count(*), sum(n) FROM t WHERE dt = '2026-10-02'");
    QueryAnswer days = lake.ask("SELECT count(*), sum(n) FROM t WHERE dt <= '2026-10-03'");
    QueryAnswer hour = lake.ask("SELECT sum(n) FROM t WHERE dt = '2026-10-02' AND hh = '09'");

    assertThat(day.rows()).containsExactly(List.of(2_000L, 999_000L));
    assertThat(days.rows()).containsExactly(List.of(6_000L, 2_997_000L));
    assertThat(day.figures().rows()).isEqualTo(2_000);
    assertThat(days.figures().rows()).isEqualTo(6_000);
    assertThat(hour.figures().rows()).isEqualTo(1_000);
    assertThat(day.figures().bytes()).isPositive().isLessThan(days.figures().bytes() / 2);
    assertThat(day.figures().splits()).isLessThan(days.figures().splits());
  }

  @Test
  void whatLiesOutsideTheProjectedRangeIsNotSeen() throws Exception {
    lake.create(changes("early", COLUMNS));
    lake.write("early", "2026-09-30", "09", thousand("2026-09-30", "09"));
    lake.write("early", "2026-10-01", "09", thousand("2026-10-01", "09"));

    assertThat(lake.rows("SELECT DISTINCT dt FROM early WHERE dt <= '2026-10-01'"))
        .containsExactly(List.of("2026-10-01"));
  }

  @Test
  void aColumnInCapitalsIsReadUnderItsNameInSmallLetters() throws SQLException {
    QueryAnswer answer = lake.ask("SELECT PK, n FROM t WHERE dt = '2026-10-01' AND pk = 'k7'");

    assertThat(answer.columns()).containsExactly("PK", "n");
    assertThat(answer.rows()).containsExactly(List.of("k7", 7L), List.of("k7", 7L));
  }

  @Test
  void aNewColumnIsNullInOldFilesAndSeenAtOnceInNewOnes() throws Exception {
    lake.create(changes("growing", COLUMNS));
    lake.write("growing", "2026-10-01", "09", "SELECT 'a' AS \"PK\", 1 AS n");
    assertThat(lake.rows("SELECT * FROM growing WHERE dt = '2026-10-01'")).hasSize(1);

    Column[] more = Arrays.copyOf(COLUMNS, COLUMNS.length + 1);
    more[COLUMNS.length] = column("status", "string");
    lake.update(changes("growing", more));
    lake.write("growing", "2026-10-02", "09", "SELECT 'b' AS \"PK\", 'new' AS \"Status\"");

    assertThat(lake.rows("SELECT pk, n, status FROM growing WHERE dt <= '2026-10-02' ORDER BY pk"))
        .containsExactly(Arrays.asList("a", 1L, null), Arrays.asList("b", null, "new"));
  }

  @Test
  void aViewLandsInTheCatalogAndCanBeAskedAndReplaced() throws SQLException {
    lake.trino().run("lake", "CREATE OR REPLACE VIEW some AS SELECT pk, dt FROM t WHERE n < 10");
    Table first = lake.table("some");
    assertThat(lake.rows("SELECT count(*) FROM some WHERE dt = '2026-10-01'"))
        .containsExactly(List.of(20L));

    lake.trino().run("lake", "CREATE OR REPLACE VIEW some AS SELECT pk, dt FROM t WHERE n < 5");

    assertThat(first.tableType()).isEqualTo("VIRTUAL_VIEW");
    assertThat(first.viewOriginalText()).startsWith("/* Presto View: ");
    assertThat(first.viewExpandedText()).isEqualTo("/* Presto View */");
    assertThat(first.parameters()).containsEntry("presto_view", "true");
    assertThat(lake.table("some").versionId()).isEqualTo("1");
    QueryAnswer day = lake.ask("SELECT count(*) FROM some WHERE dt = '2026-10-01'");
    assertThat(day.rows()).containsExactly(List.of(10L));
    assertThat(day.figures().rows()).isLessThanOrEqualTo(2_000);
  }

  @Test
  void jsonIsReadFromAllSubfoldersExceptFromWhatIsHidden() throws Exception {
    String root = "lake/_afterbay/commits/t/";
    for (String name :
        new String[] {"s/shard-1/1.json", "s/shard-1/2.json", "s/shard-2/3.json", "4.json"}) {
      entry(root + name);
    }
    for (String hidden : new String[] {"s/shard-2/_5.json", "s/.x/6.json", "_s/shard-1/7.json"}) {
      entry(root + hidden);
    }
    lake.create(
        json(
            "commits",
            root,
            column("position", "string"),
            column("writer", "struct<host:string,pid:int>"),
            column("files", "array<struct<key:string,rows:bigint>>"),
            column("absent", "string")));

    List<List<Object>> files =
        lake.rows(
            """
            SELECT position, writer.host, writer.pid, f.key, f.rows, absent
            FROM commits CROSS JOIN UNNEST(files) AS f(key, rows) ORDER BY position, f.key
            """);

    assertThat(files).hasSize(8).first().isEqualTo(Arrays.asList("1", "here", 7, "a", 1L, null));
    assertThat(files).extracting(row -> row.get(0)).containsOnly("1", "2", "3", "4");
  }

  /** A commit, on one line; its position is its name's number. */
  private static void entry(String key) throws IOException {
    String text =
        """
        {"Position": "%s", "writer": {"host": "here", "pid": 7}, \
        "files": [{"key": "a", "rows": 1}, {"key": "b", "rows": 2}], "more": [1, {"x": null}]}
        """;
    Files.writeString(
        lake.object(key), text.formatted(key.replaceAll(".*/\\D*(\\d)\\.json", "$1")));
  }

  @Test
  void microsecondsAreRoundedUnlessTheSessionWantsThem() throws Exception {
    lake.create(changes("moments", column("cdc_time", "timestamp")));
    lake.write(
        "moments",
        "2026-10-01",
        "23",
        """
        SELECT unnest([TIMESTAMPTZ '2026-10-01 23:00:00.123499Z',
          TIMESTAMPTZ '2026-10-01 23:59:59.999500Z']) AS cdc_time
        """);
    String question =
        "SELECT CAST(cdc_time AS varchar) FROM moments WHERE dt = '2026-10-01' ORDER BY 1";

    assertThat(lake.rows(question))
        .containsExactly(List.of("2026-10-01 23:00:00.123"), List.of("2026-10-02 00:00:00.000"));
    try (Connection exact = lake.trino().connect("lake")) {
      assertThat(QueryAnswer.of(exact, "SET SESSION hive.timestamp_precision = 'MICROSECONDS'"))
          .isNotNull();
      assertThat(QueryAnswer.of(exact, question).rows())
          .containsExactly(
              List.of("2026-10-01 23:00:00.123499"), List.of("2026-10-01 23:59:59.999500"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM asof, asked WHERE dt <= substr(CAST(at AS varchar), 1, 10) AND cdc_time <= at",
        "FROM asof CROSS JOIN asked WHERE dt <= date_format(at, '%Y-%m-%d') AND cdc_time <= at",
        "FROM (SELECT n, row_number() OVER (PARTITION BY pk, dt, hh ORDER BY cdc_time DESC) AS nr"
            + " FROM asof_view, asked WHERE dt <= substr(CAST(at AS varchar), 1, 10)"
            + " AND cdc_time <= at) WHERE nr = 1"
      })
  void aMomentThatIsAskedForOnceSparesTheFilesOfLaterDays(String from) throws Exception {
    asOf();
    try (Connection session = lake.trino().connect("lake")) {
      prepare(session, from);

      QueryAnswer answer = QueryAnswer.of(session, "EXECUTE p USING '2026-10-02 09:30:00'");

      assertThat(answer.rows()).containsExactly(List.of(2_000L));
      assertThat(answer.figures().rows()).isLessThanOrEqualTo(2_000);
    }
  }

  @Test
  void aMomentWithoutItsDaySparesNoFile() throws Exception {
    asOf();
    try (Connection session = lake.trino().connect("lake")) {
      prepare(session, "FROM asof, asked WHERE dt <= '2026-10-03' AND cdc_time <= at");

      assertThatThrownBy(() -> QueryAnswer.of(session, "EXECUTE p USING '2026-10-02 09:30:00'"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("dt=2026-10-03/hh=09/a.parquet");
    }
  }

  /** A table whose last day cannot be read, and a view of it. */
  private static void asOf() throws Exception {
    if (lake.rows("SHOW TABLES LIKE 'asof'").isEmpty()) {
      lake.create(changes("asof", COLUMNS));
      lake.write("asof", "2026-10-01", "09", thousand("2026-10-01", "09"));
      lake.write("asof", "2026-10-02", "09", thousand("2026-10-02", "09"));
      lake.write("asof", "2026-10-02", "10", thousand("2026-10-02", "10"));
      lake.writeRubbish("asof", "2026-10-03", "09");
      lake.trino()
          .run("lake", "CREATE VIEW asof_view AS SELECT * FROM asof WHERE dt >= '2026-10-01'");
    }
  }

  private static void prepare(Connection session, String from) throws SQLException {
    QueryAnswer unused =
        QueryAnswer.of(
            session,
            "PREPARE p FROM WITH asked AS (SELECT CAST(? AS timestamp(3)) AS at) SELECT count(n) "
                + from);
  }

  @Test
  void athenaCarriesItsQueriesOutHere() throws Exception {
    try (AthenaServer server = AthenaServer.start(0, lake.trino()::run);
        AthenaClient athena = TestLake.athena(server.endpoint())) {
      String view = begin(athena, "CREATE OR REPLACE VIEW by_athena AS SELECT n FROM t");
      String nonsense = begin(athena, "CREATE OR REPLACE VIEW none AS SELECT m FROM t");
      await().until(() -> ended(athena, view) && ended(athena, nonsense));

      assertThat(lake.table("by_athena").tableType()).isEqualTo("VIRTUAL_VIEW");
      assertThat(status(athena, nonsense).stateChangeReason())
          .contains("Column 'm' cannot be resolved");
    }
  }

  private static String begin(AthenaClient athena, String sql) {
    return athena
        .startQueryExecution(
            r -> r.queryString(sql).queryExecutionContext(c -> c.database(TestLake.DATABASE)))
        .queryExecutionId();
  }

  private static boolean ended(AthenaClient athena, String id) {
    return status(athena, id).state() != QueryExecutionState.RUNNING;
  }

  private static QueryExecutionStatus status(AthenaClient athena, String id) {
    return athena.getQueryExecution(r -> r.queryExecutionId(id)).queryExecution().status();
  }
}
