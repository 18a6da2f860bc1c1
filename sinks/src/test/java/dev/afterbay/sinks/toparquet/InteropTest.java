package dev.afterbay.sinks.toparquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.duck.SharedDuck;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.image.Bytes;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.RandomItems;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our files read by strangers: parquet-java's reader and DuckDB. */
class InteropTest {
  private static final long SEED = 20261121;
  private static final int ROWS = 400;

  /** A key that Avro would not have, so that its own reader cannot read the file. */
  private static final String AWKWARD = "at.Ünix 1";

  private static final ChangesTable TABLE = table(AWKWARD);

  @TempDir Path folder;
  private final List<ChangeEvent> events = new ArrayList<>();
  private Path file;
  private Connection duckdb;

  @BeforeEach
  void open() throws IOException, SQLException {
    file = Files.write(folder.resolve("file.parquet"), write(TABLE, AWKWARD));
    duckdb = SharedDuck.session();
    query("SET TimeZone='UTC'");
  }

  @AfterEach
  void close() throws SQLException {
    duckdb.close();
  }

  @Test
  void parquetJavaReadsBackEveryChange() throws IOException {
    ChangesTable plain = table("at");
    byte[] bytes = write(plain, "at");

    List<ChangeEvent> read = ParquetRows.read(bytes).stream().map(plain::event).toList();

    assertThat(read).as("seed " + SEED).containsExactlyElementsOf(events);
  }

  @Test
  void duckDbReadsTheSameValuesInTheSameOrder() throws SQLException {
    List<List<@Nullable Object>> rows =
        query(
            "SELECT cdc_op, epoch_us(cdc_time), cdc_seq, cdc_event_id, cdc_ttl, cdc_digest,"
                + " cdc_old_digest, to_base64(id), \"at.Ünix 1\", new_image, old_image"
                + " FROM '"
                + file
                + "'");

    assertThat(rows).hasSize(ROWS);
    for (int i = 0; i < ROWS; i++) {
      ChangeEvent event = events.get(i);
      Image newImage = event.newImage();
      Image oldImage = event.oldImage();
      assertThat(rows.get(i))
          .as("row " + i + ", seed " + SEED)
          .containsExactly(
              event.operation().name(),
              micros(event.approximateCreation()),
              event.sequenceNumber().padded(),
              event.eventId(),
              event.removedByTtl(),
              newImage == null ? null : newImage.digest(),
              oldImage == null ? null : oldImage.digest(),
              Base64.getEncoder().encodeToString(id(i + 1)),
              (i + 1) + ".5",
              newImage == null ? null : newImage.json(),
              oldImage == null ? null : oldImage.json());
    }
  }

  @Test
  void theTimeIsAnInstantInMicroseconds() throws SQLException {
    assertThat(query("SELECT typeof(cdc_time), cdc_time::VARCHAR FROM '" + file + "' LIMIT 1"))
        .containsExactly(List.of("TIMESTAMP WITH TIME ZONE", "2026-11-21 05:58:00.250001+00"));
  }

  @Test
  void everyColumnHasStatisticsThatAgreeWithItsValues() throws SQLException {
    Map<String, List<@Nullable Object>> statistics = new TreeMap<>();
    for (List<@Nullable Object> column :
        query(
            "SELECT path_in_schema, stats_min_value, stats_max_value, stats_null_count,"
                + " num_values, compression, encodings FROM parquet_metadata('"
                + file
                + "')")) {
      statistics.put(String.valueOf(column.get(0)), column.subList(1, column.size()));
    }

    assertThat(statistics.keySet())
        .containsExactlyInAnyOrderElementsOf(
            TABLE.schema().getFields().stream().map(Schema.Field::name).toList());
    assertThat(statistics.values())
        .allSatisfy(
            column -> {
              assertThat(column.get(2)).as("null count").isNotNull();
              assertThat(column.get(3)).isEqualTo((long) ROWS);
              assertThat(column.get(4)).isEqualTo("ZSTD");
            });
    assertThat(column(statistics, "cdc_seq").subList(0, 3))
        .containsExactly(
            events.get(0).sequenceNumber().padded(),
            events.get(ROWS - 1).sequenceNumber().padded(),
            0L);
    assertThat(column(statistics, "cdc_op").subList(0, 2)).containsExactly("INSERT", "REMOVE");
    assertThat(column(statistics, "new_image").get(2))
        .isEqualTo(events.stream().filter(event -> event.newImage() == null).count());
    assertThat(String.valueOf(column(statistics, "cdc_seq").get(5))).doesNotContain("DICTIONARY");
    assertThat(String.valueOf(column(statistics, "cdc_op").get(5))).contains("DICTIONARY");
  }

  @Test
  void aFilterThatTheStatisticsServeFindsItsRow() throws SQLException {
    String sequenceNumber = events.get(ROWS / 2).sequenceNumber().padded();

    assertThat(
            query("SELECT count(*) FROM '" + file + "' WHERE cdc_seq = '" + sequenceNumber + "'"))
        .containsExactly(List.of(1L));
    assertThat(
            query(
                "SELECT count(*) FROM '"
                    + file
                    + "' WHERE cdc_time = TIMESTAMPTZ '2026-11-21 05:58:00.250001+00'"))
        .containsExactly(List.of(1L));
  }

  private static ChangesTable table(String sortKey) {
    return new ChangesTable(
        List.of(new KeyAttribute("id", KeyType.B), new KeyAttribute(sortKey, KeyType.N)));
  }

  private byte[] write(ChangesTable table, String sortKey) throws IOException {
    events.clear();
    ParquetFile parquet =
        new ParquetFile(table.schema(), LakeTable.changes(table).plainColumns(), folder);
    RandomItems items = RandomItems.seeded(SEED);
    for (int i = 1; i <= ROWS; i++) {
      ChangeEvent event = event(i, sortKey, items);
      events.add(event);
      parquet.append(table.row(ShardFeed.shard("shardId-1"), event, event.approximateCreation()));
    }
    parquet.finish();
    ByteBuffer bytes = ByteBuffer.allocate((int) parquet.content().size());
    parquet.content().read(0, bytes);
    parquet.discard();
    return bytes.array();
  }

  private static ChangeEvent event(int number, String sortKey, RandomItems items) {
    Map<String, Value> keys = new HashMap<>();
    keys.put("id", new Value.B(Bytes.of(id(number))));
    keys.put(sortKey, new Value.N(number + ".50"));
    Image image = Image.of(items.next());
    Image before = Image.of(number % 50 == 0 ? items.large() : items.next());
    Operation operation = Operation.values()[number % 3];
    return new ChangeEvent(
        operation,
        ShardFeed.TIME.plusNanos((number - 1) * 1_000L),
        ShardFeed.sequenceNumber(number),
        "event-" + number,
        operation == Operation.REMOVE && number % 2 == 0,
        Image.of(new Item(keys)),
        operation == Operation.REMOVE ? null : image,
        operation == Operation.INSERT ? null : before);
  }

  private static List<@Nullable Object> column(
      Map<String, List<@Nullable Object>> columns, String name) {
    return Objects.requireNonNull(columns.get(name));
  }

  private static byte[] id(int number) {
    return new byte[] {(byte) number, (byte) (number >> 8), -1};
  }

  private static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }

  private List<List<@Nullable Object>> query(String sql) throws SQLException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (Statement statement = duckdb.createStatement()) {
      if (!statement.execute(sql)) {
        return rows;
      }
      ResultSet result = statement.getResultSet();
      ResultSetMetaData columns = result.getMetaData();
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
          row.add(result.getObject(column));
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
