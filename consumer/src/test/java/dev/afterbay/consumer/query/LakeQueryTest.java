package dev.afterbay.consumer.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.sinks.duck.SharedDuck;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeQueryTest {
  private static final TableName ORDERS = new TableName("E-commerce-Data");
  private static final TableName TASKS = new TableName("TaskApp");
  private static final String FILE =
      "lake/e_commerce_data/changes/dt=2026-11-21/hh=05/shardId-1-a-b.parquet";

  @TempDir Path dir;
  private final MemoryObjectStore store = new MemoryObjectStore();
  private final AtomicLong fetched = new AtomicLong();
  private Path cache;

  @BeforeEach
  void aLakeOfTwoRows() throws Exception {
    cache = dir.resolve("ca'che");
    put(FILE, parquet("one", "INSERT"));
    put(FILE.replace("hh=05", "hh=06"), parquet("two", "REMOVE"));
    put("lake/e_commerce_data/changes/_hidden.parquet", new byte[3]);
    put("lake/e_commerce_data/changes/.dt/x.parquet", new byte[3]);
    put("lake/_afterbay/commits/e_commerce_data/x.json", new byte[3]);
  }

  @Test
  void theRawChangesStandUnderTheirAthenaNameAndTypes() {
    try (LakeQuery lake = open(ORDERS)) {
      assertThat(lake.tables())
          .containsExactlyInAnyOrder(
              "e_commerce_data_audits",
              "e_commerce_data_changes",
              "e_commerce_data_changes_current",
              "e_commerce_data_changes_history",
              "e_commerce_data_changes_removed",
              "e_commerce_data_commit_log",
              "e_commerce_data_commits",
              "e_commerce_data_completeness",
              "e_commerce_data_gaps",
              "e_commerce_data_healings",
              "e_commerce_data_quarantine",
              "e_commerce_data_snapshots");
      assertThat(lake.notes()).isEmpty();
      assertThat(
              lake.rows(
                  "SELECT cdc_op, cdc_time, \"PK\", dt, hh FROM e_commerce_data_changes"
                      + " ORDER BY hh"))
          .isEqualTo(
              new Rows(
                  List.of("cdc_op", "cdc_time", "PK", "dt", "hh"),
                  List.of(
                      List.of("INSERT", "2026-11-21 05:11:00.123456", "one", "2026-11-21", "05"),
                      List.of("REMOVE", "2026-11-21 05:11:00.123456", "two", "2026-11-21", "06"))));
      assertThat(
              lake.rows(
                      "SELECT string_agg(column_type, ' ') FROM (DESCRIBE e_commerce_data_changes)"
                          + " WHERE column_name IN ('cdc_time', 'dt', 'hh')")
                  .only())
          .isEqualTo("TIMESTAMP VARCHAR VARCHAR");
      assertThat(lake.rows("SELECT count(*) FROM e_commerce_data_changes WHERE hh = '06'").only())
          .isEqualTo(1L);
    }
  }

  @Test
  void onlyWhatIsMissingOrChangedIsFetchedAndWhatIsGoneIsDropped() throws Exception {
    open(ORDERS).close();
    long all = fetched.getAndSet(0);
    assertThat(all).isPositive();

    open(ORDERS).close();
    assertThat(fetched).hasValue(0);

    Path gone = local("dt=2026-11-20/hh=01/gone.parquet");
    Files.createDirectories(gone.resolveSibling(""));
    Files.write(gone, parquet("three", "INSERT"));
    Path broken = local("dt=2026-11-21/hh=05/shardId-1-a-b.parquet");
    Files.write(broken, new byte[] {1});
    Path part = Files.write(broken.resolveSibling(".left.parquet.part"), new byte[] {1});
    try (LakeQuery lake = open(ORDERS)) {
      assertThat(lake.rows("SELECT count(*) FROM e_commerce_data_changes").only()).isEqualTo(2L);
    }
    assertThat(fetched.get()).isPositive().isLessThan(all);
    assertThat(gone).doesNotExist();
    assertThat(part).doesNotExist();
  }

  @Test
  void aTableWithoutFilesHasItsColumnsAndNoRows() {
    try (LakeQuery lake = open(ORDERS, TASKS)) {
      assertThat(lake.notes())
          .containsExactly(
              "Nothing of table 'TaskApp' is in the lake yet: task_app_changes has no rows");
      assertThat(lake.rows("SELECT * FROM task_app_changes").columns())
          .containsExactly(
              "cdc_op",
              "cdc_time",
              "cdc_seq",
              "cdc_shard",
              "cdc_stream",
              "cdc_event_id",
              "cdc_origin",
              "cdc_ttl",
              "cdc_digest",
              "cdc_old_digest",
              "P K",
              "sk",
              "new_image",
              "old_image",
              "dt",
              "hh");
    }
  }

  @Test
  void theQuarantineHasItsColumnsWithAndWithoutFiles() throws Exception {
    List<String> columns =
        List.of(
            "cdc_time", "cdc_seq", "cdc_shard", "cdc_stream", "cdc_event_id", "reason", "record");
    Path file = dir.resolve("quarantined.parquet");
    SharedDuck.run(
        "COPY (SELECT TIMESTAMPTZ '2026-11-21 05:11:00.5+00' AS cdc_time, '7' AS cdc_seq,"
            + " 's' AS cdc_shard, 'l' AS cdc_stream, NULL::VARCHAR AS cdc_event_id,"
            + " 'has no Keys' AS reason, '{}' AS record) TO '%s' (FORMAT parquet)".formatted(file));
    put("lake/e_commerce_data/quarantine/dt=2026-11-21/x.parquet", Files.readAllBytes(file));

    try (LakeQuery lake = open(ORDERS, TASKS)) {
      assertThat(lake.rows("SELECT * FROM task_app_quarantine"))
          .isEqualTo(new Rows(columns, List.of()));
      Rows rows = lake.rows("SELECT * FROM e_commerce_data_quarantine");
      assertThat(rows.columns()).isEqualTo(columns);
      assertThat(rows.rows())
          .containsExactly(
              Arrays.asList("2026-11-21 05:11:00.5", "7", "s", "l", null, "has no Keys", "{}"));
    }
  }

  @Test
  void aTableWithoutFilesWhoseKeysAreUnknownIsSaidToBeSo() {
    try (LakeQuery lake =
        LakeQuery.open(
            store,
            new Lake("lake"),
            List.of(SourceTable.raw(TASKS)),
            cache,
            table -> {
              throw new Failure("DynamoDB is away");
            },
            Progress.SILENT)) {
      assertThat(lake.notes())
          .containsExactly(
              "Nothing of table 'TaskApp' is in the lake yet, and its columns are not known:"
                  + " task_app_changes cannot be asked (DynamoDB is away)");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY e_commerce_data_changes TO '%s/e_commerce_data/changes/stolen.csv'",
        "SELECT 1; COPY e_commerce_data_changes TO '%s/stolen.csv'",
        "EXPLAIN ANALYZE COPY e_commerce_data_changes TO '%s/stolen.csv'",
        "EXPLAIN EXPLAIN COPY e_commerce_data_changes TO '%s/stolen.csv'",
        "ATTACH '%s/new.db' AS n",
        "EXPORT DATABASE '%s/exported'",
        "CREATE TABLE t AS SELECT 1",
        "DROP VIEW e_commerce_data_changes",
        "SET enable_external_access = true",
        "PRAGMA version",
        "INSTALL httpfs"
      })
  void aStatementThatIsNoQuestionIsRefused(String sql) throws IOException {
    try (LakeQuery lake = open(ORDERS)) {
      List<Path> before = files();
      assertThatThrownBy(() -> lake.rows(sql.formatted(cache.toString().replace("'", "''"))))
          .hasMessage(
              "Only a question can be asked here (SELECT, WITH, FROM, DESCRIBE, SHOW, SUMMARIZE,"
                  + " EXPLAIN): the lake is read-only");
      assertThat(files()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM e_commerce_data_changes",
        "WITH x AS (SELECT 1) SELECT * FROM x;",
        "DESCRIBE e_commerce_data_changes",
        "SHOW TABLES",
        "SUMMARIZE e_commerce_data_changes",
        "EXPLAIN SELECT * FROM e_commerce_data_changes",
        "explain analyze\nSELECT 1",
        "-- a comment\nSELECT 1"
      })
  void everyKindOfQuestionIsAnswered(String sql) {
    try (LakeQuery lake = open(ORDERS)) {
      assertThat(lake.rows(sql).rows()).isNotEmpty();
    }
  }

  @Test
  void whatDuckDbRefusesIsToldInItsFirstSentence() {
    try (LakeQuery lake = open(ORDERS)) {
      assertThatThrownBy(() -> lake.rows("SELEC 1"))
          .isInstanceOf(Failure.class)
          .hasMessage("Parser Error: syntax error at or near \"SELEC\"");
      assertThatThrownBy(() -> lake.rows("SELECT x FROM e_commerce_data_changes"))
          .hasMessage("Binder Error: Referenced column \"x\" not found in FROM clause!");
      assertThatThrownBy(() -> lake.rows("SELECT * FROM orders"))
          .hasMessage(
              "Catalog Error: Table with name orders does not exist! The tables here are: "
                  + String.join(", ", new TreeSet<>(lake.tables())));
      assertThatThrownBy(() -> lake.rows("SELECT * FROM read_text('/etc/hostname')"))
          .hasMessageStartingWith("Permission Error: Cannot access file \"/etc/hostname\"");
      assertThatThrownBy(() -> lake.rows("SELECT 1; SELECT 2"))
          .hasMessage("Ask one question at a time; these are 2 statements");
      assertThatThrownBy(() -> lake.rows("-- nothing"))
          .hasMessage("Ask one question at a time; these are 0 statements");
      assertThat(lake.rows("SELECT 1").only()).isEqualTo(1);
    }
  }

  @Test
  void everyFormatPrintsEveryKindOfCell() {
    String sql =
        "SELECT 'a,\"b\"' AS text, NULL AS nothing, 12.50::DECIMAL(9,2) AS n, true AS t,"
            + " TIMESTAMPTZ '2026-01-01 01:00:00+01' AS z, 'ab'::BLOB AS b, [1, NULL] AS l,"
            + " {'x': TIMESTAMP '2026-01-01 00:00:00.5'} AS s, '{\"y\":[1]}'::JSON AS j, '' AS e,"
            + " 2 AS e, E'two\\nlines' AS w, 'nan'::DOUBLE AS d";
    assertThat(print(OutputFormat.CSV, sql))
        .isEqualTo(
            """
            text,nothing,n,t,z,b,l,s,j,e,e_1,w,d
            "a,""b""\",,12.50,true,2026-01-01 00:00:00 UTC,61 62,"[1, null]",\
            {x=2026-01-01 00:00:00.5},"{""y"":[1]}","",2,"two
            lines",NaN
            """);
    assertThat(print(OutputFormat.JSON, sql))
        .isEqualTo(
            """
            [
            {"text":"a,\\"b\\"","nothing":null,"n":12.50,"t":true,"z":"2026-01-01 00:00:00 UTC",\
            "b":"61 62","l":[1,null],"s":{"x":"2026-01-01 00:00:00.5"},"j":{"y":[1]},"e":"",\
            "e_1":2,"w":"two\\nlines","d":"NaN"}
            ]
            """);
    assertThat(
            print(
                OutputFormat.TABLE,
                "SELECT 'é' AS a, 10 AS n, NULL AS x UNION ALL"
                    + " SELECT E'two\\nlines', 7, repeat('y', 100) ORDER BY n DESC"))
        .isEqualTo(
            """
            a          |  n | x
            -----------+----+-------------------------------------------------------------------------
            é          | 10 | NULL
            two\\nlines |  7 | %s…
            (2 rows)
            """
                .formatted("y".repeat(71)));
    assertThat(print(OutputFormat.TABLE, "SELECT 1 AS one WHERE false"))
        .isEqualTo("one\n---\n(0 rows)\n");
    assertThat(print(OutputFormat.JSON, "SELECT 1 WHERE false")).isEqualTo("[]\n");
  }

  private String print(OutputFormat format, String sql) {
    StringWriter text = new StringWriter();
    try (LakeQuery lake = open(ORDERS)) {
      lake.ask(sql, format.to(new PrintWriter(text)));
    }
    return text.toString();
  }

  private LakeQuery open(TableName... tables) {
    return LakeQuery.open(
        store,
        new Lake("lake"),
        Arrays.stream(tables).map(SourceTable::raw).toList(),
        cache,
        table -> List.of(new KeyAttribute("P K", KeyType.S), new KeyAttribute("sk", KeyType.B)),
        new Progress() {
          @Override
          public void expect(long files, long bytes) {}

          @Override
          public void arrived(long bytes) {
            fetched.addAndGet(bytes);
          }
        });
  }

  private Path local(String name) {
    return cache.resolve("e_commerce_data/changes").resolve(name);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      return files.sorted().toList();
    }
  }

  private void put(String key, byte[] content) {
    assertThat(store.putIfAbsent(new ObjectKey(key), content)).isNotNull();
  }

  private byte[] parquet(String key, String operation) throws IOException {
    Path file = dir.resolve(key + ".parquet");
    SharedDuck.run(
        "COPY (SELECT '%s' AS cdc_op, TIMESTAMPTZ '2026-11-21 05:11:00.123456+00' AS cdc_time,"
                .formatted(operation)
            + " '%s' AS \"PK\") TO '%s' (FORMAT parquet)".formatted(key, file));
    return Files.readAllBytes(file);
  }
}
