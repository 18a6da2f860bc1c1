package dev.afterbay.local.athena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.local.trino.QueryAnswer;
import dev.afterbay.sinks.catalog.AthenaDdl;
import dev.afterbay.sinks.catalog.CatalogTable;
import dev.afterbay.sinks.catalog.CatalogView;
import dev.afterbay.sinks.catalog.PreparedQuery;
import dev.afterbay.sinks.catalog.SqlName;
import dev.afterbay.sinks.tocatalog.Registered;
import dev.afterbay.sinks.tocatalog.Registration;
import dev.afterbay.sinks.tocatalog.SitedCatalog;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A month of two tables, registered as the worker does it, asked of Athena's engine, and held
 * against DuckDB and against what really happened.
 */
class AthenaIT {
  private static final LocalDate FIRST = LocalDate.now(ZoneOffset.UTC).minusDays(30);

  @TempDir static Path dir;

  private static Box box;
  private static MonthLake month;
  private static List<SitedCatalog> catalogs;
  private static TrinoSql trino;
  private static DuckSql duck;

  @BeforeAll
  static void aRegisteredMonth() {
    box = new Box(dir);
    month =
        MonthLake.write(box.store(), Box.LAKE, FIRST, 30, 7, dir.resolve("scratch"))
            .snapshot(FIRST.plusDays(14).atTime(17, 30).toInstant(ZoneOffset.UTC));
    Registered registered = box.register();
    System.out.printf("registered: %s%n", registered);
    catalogs = box.catalogs();
    trino = new TrinoSql(box.trino(), Box.DATABASE);
    duck = new DuckSql(box.store(), Box.LAKE, dir.resolve("cache"));
    for (SitedCatalog catalog : catalogs) {
      catalog.catalog().queries().forEach(query -> trino.run(AthenaDdl.prepare(query)));
    }
  }

  @AfterAll
  static void close() {
    duck.close();
    trino.close();
    box.close();
  }

  static Stream<String> tables() {
    return Stream.concat(
        catalogs.stream()
            .flatMap(catalog -> catalog.catalog().tables().stream())
            .map(CatalogTable::name),
        catalogs.stream()
            .flatMap(catalog -> catalog.catalog().views().stream())
            .map(CatalogView::name));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyTableAndViewHoldsWhatDuckDbSees(String name) {
    String sql = "SELECT * FROM " + name;

    List<Map<String, String>> expected = sorted(duck.ask(sql));

    assertThat(sorted(trino.ask(sql))).isEqualTo(expected);
    if (!name.matches(".*_(audits|gaps|healings|quarantine|removed)")) {
      assertThat(expected).isNotEmpty();
    }
  }

  static Stream<String> questions() {
    return Questions.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("questions")
  void everyQuestionHasTheSameAnswerAsInDuckDb(String name) {
    String sql = Questions.all(FIRST).getOrDefault(name, "");

    List<Map<String, String>> expected = duck.ask(sql);

    assertThat(expected).isNotEmpty();
    assertThat(rounded(trino.ask(sql))).isEqualTo(rounded(expected));
  }

  @Test
  void theStatesAreThoseOfTheModel() {
    States states = new States(month, trino);

    states.current();
    states.removed();
    states.history();
  }

  @Test
  void theStatesStartFromTheSnapshot() {
    List<Map<String, String>> origins =
        trino.ask("SELECT cdc_origin, count(*) AS n FROM orders_current GROUP BY 1 ORDER BY 1");

    assertThat(origins)
        .extracting(row -> row.get("cdc_origin"))
        .as("rows of the export and of changes after it")
        .containsExactly("EXPORT", "STREAM");
  }

  @Test
  void anySecondCanBeAskedFor() {
    int onTrino = new States(month, trino).asOf(20, 5, 11);
    int onDuckDb = new States(month, duck).asOf(20, 5, 11);

    System.out.printf("as of any second: Trino %d, DuckDB %d pairs%n", onTrino, onDuckDb);
    assertThat(onTrino).isEqualTo(100).isEqualTo(onDuckDb);
  }

  @Test
  void aQuestionOverADayReadsThatDayOnly() throws SQLException {
    LocalDate day = FIRST.plusDays(20);
    String table = "e_commerce_data_changes";
    QueryAnswer all =
        box.trino()
            .ask(Box.DATABASE, "SELECT count(DISTINCT \"$path\"), max(old_image) FROM " + table);
    QueryAnswer one =
        box.trino()
            .ask(
                Box.DATABASE,
                "SELECT count(DISTINCT \"$path\"), max(old_image) FROM %s WHERE dt = '%s'"
                    .formatted(table, day));
    QueryAnswer files =
        box.trino()
            .ask(
                Box.DATABASE,
                "SELECT DISTINCT \"$path\" FROM %s WHERE dt = '%s'".formatted(table, day));

    System.out.printf(
        "a month: %s files, %s; one day of it: %s files, %s%n",
        all.rows().get(0).get(0), all.figures(), one.rows().get(0).get(0), one.figures());
    assertThat(files.rows())
        .hasSize(MonthOfChanges.HOURS.size())
        .allSatisfy(row -> assertThat(row.get(0).toString()).contains("/dt=" + day + "/"));
    assertThat(one.figures().rows()).isLessThan(all.figures().rows() / 10);
    assertThat(one.figures().bytes()).isLessThan(all.figures().bytes() / 10);
  }

  @Test
  void whatIsRegisteredAlreadyCostsTheListingAlone() {
    box.glue().calls().clear();
    int asked = box.athena().queries().size();

    Registered again = box.register();

    assertThat(again.changedAnything()).isFalse();
    assertThat(box.glue().calls().names()).containsOnly("GetTables");
    assertThat(box.athena().queries()).hasSize(asked);
  }

  @Test
  void preparedQueriesAreKeptInTheWorkgroup() {
    for (SitedCatalog catalog : catalogs) {
      for (PreparedQuery query : catalog.catalog().queries()) {
        assertThat(box.athena().prepared("primary", query.name())).contains(query.sql());
      }
    }
  }

  @Test
  void aSchemaGrowsWhileTheEngineIsUp() throws Exception {
    SingleItems items = new SingleItems(box, dir, "Growing", "PK", "name: grown");
    Registration worker = box.registration("growing");
    items.write("old", "\"A\":{\"S\":\"a1\"}");
    items.write("newer", "\"A\":{\"S\":\"a2\"},\"B\":{\"N\":\"1.5\"}");
    worker.register(() -> List.of(items.catalog()));
    try (TrinoSql sql = new TrinoSql(box.trino(), "growing")) {
      String asked = "SELECT pk, a FROM grown_current ORDER BY pk";
      assertThat(sql.ask(asked)).hasSize(2);

      items.write("newest", "\"A\":{\"S\":\"a3\"},\"B\":{\"N\":\"2.5\"}");
      Registered grown = worker.register(() -> List.of(items.catalog()));

      assertThat(grown.tablesUpdated()).as("the table, and that of its snapshots").isEqualTo(2);
      assertThat(sql.ask("SELECT a, b FROM grown ORDER BY cdc_seq"))
          .extracting(row -> row.get("a") + " " + row.get("b"))
          .containsExactly("null null", "a2 null", "a3 2.500000000");
      assertThat(sql.ask("SELECT pk, b FROM grown_current WHERE b IS NOT NULL")).hasSize(1);
      assertThat(sql.ask(asked)).hasSize(3);
    }
  }

  @Test
  void everyTypeIsReadAsItWasWritten() throws Exception {
    SingleItems items =
        new SingleItems(
            box,
            dir,
            "Types",
            "PK",
            """
            name: types, columns: { PK: string, S: string, T: boolean, I: int, L: bigint, D: double,
            N: "decimal(38,9)", Day: date, At: timestamp, Until: timestamp(seconds), B: binary,
            List: "array<decimal(12,2)>", Set: set<string>, Map: "map<string,bigint>",
            Of: "struct<order: string, Inner: struct<since: date, n: int>>", Json: json }
            """);
    items.write(
        "full",
        """
        "S":{"S":"ü\\"\\\\"},"T":{"BOOL":true},"I":{"N":"-2147483648"},
        "L":{"N":"9223372036854775807"},"D":{"N":"0.1"},
        "N":{"N":"-12345678901234567890123456789.123456789"},"Day":{"S":"1969-12-31"},
        "At":{"S":"2026-11-21T10:00:00.125Z"},"Until":{"N":"-1"},"B":{"B":"AP8="},
        "List":{"L":[{"N":"1.5"},{"N":"-2"}]},"Set":{"SS":["b","a"]},
        "Map":{"M":{"x":{"N":"1"},"Y":{"N":"-9223372036854775808"}}},
        "Of":{"M":{"order":{"S":"o"},"Inner":{"M":{"since":{"S":"2026-11-21"},"n":{"N":"7"}}}}},
        "Json":{"M":{"any":{"L":[{"BOOL":false},{"NULL":true}]}}}""");
    items.write("sparse", "\"S\":{\"S\":\"\"}");
    items.write("odd", "\"I\":{\"N\":\"1.5\"},\"Day\":{\"S\":\"soon\"}");
    box.registration("types").register(() -> List.of(items.catalog()));
    try (TrinoSql sql = new TrinoSql(box.trino(), "types");
        DuckSql asked =
            new DuckSql(box.store(), Box.LAKE, items.sources(), dir.resolve("types-cache"))) {
      String all = "SELECT * FROM types ORDER BY cdc_seq";

      List<Map<String, String>> rows = sql.ask(all);

      assertThat(rows).isEqualTo(asked.ask(all));
      assertThat(rows.get(0))
          .containsEntry("cdc_extra", "null")
          .containsEntry("n", "-12345678901234567890123456789.123456789")
          .containsEntry("l", "9223372036854775807")
          .containsEntry("at", "2026-11-21 10:00:00.125")
          .containsEntry("until", "1969-12-31 23:59:59")
          .containsEntry("of", "{inner={n=7, since=2026-11-21}, order=o}");
      assertThat(rows.get(2)).containsEntry("i", "null").containsEntry("day", "null");
    }
  }

  @Test
  void namesThatNeedQuotesAreFoundByTheEngine() throws Exception {
    List<String> names =
        List.of(
            "order",
            "date",
            "Date",
            "a-b",
            "2fa",
            "größe",
            "Größe",
            "a#b",
            "a@b",
            "a$b",
            "a/b",
            "a=b",
            "a+b",
            "user",
            "timestamp",
            "select",
            "commit",
            "_x");
    List<SitedCatalog> awkward = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      SingleItems items = new SingleItems(box, dir, "Names-" + i, names.get(i), "");
      items.write("value of " + names.get(i), "");
      awkward.add(items.catalog());
    }
    box.registration("names").register(() -> awkward);
    try (TrinoSql sql = new TrinoSql(box.trino(), "names")) {
      for (int i = 0; i < names.size(); i++) {
        for (String table : List.of("names_%d_changes", "names_%d_changes_current")) {
          assertThat(
                  sql.ask(
                      "SELECT %s AS found FROM %s"
                          .formatted(SqlName.inQuery(names.get(i)), table.formatted(i))))
              .as(names.get(i))
              .containsExactly(Map.of("found", "value of " + names.get(i)));
        }
      }
    }
  }

  private static List<Map<String, String>> sorted(List<Map<String, String>> rows) {
    List<Map<String, String>> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparing(Map::toString));
    return sorted;
  }

  /** Averages are doubles, whose last digits hang on the order of the sum. */
  private static List<Map<String, String>> rounded(List<Map<String, String>> rows) {
    rows.forEach(
        row ->
            row.replaceAll(
                (column, value) ->
                    column.startsWith("hours_")
                        ? "%.1f".formatted(Double.parseDouble(value))
                        : value));
    return rows;
  }
}
