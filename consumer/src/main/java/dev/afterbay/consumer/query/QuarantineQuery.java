package dev.afterbay.consumer.query;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.sinks.catalog.SourceCatalog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The quarantine of one source table as it stood when this was opened, and what of it has been put
 * where it belongs since.
 */
public final class QuarantineQuery implements AutoCloseable {
  private static final String SAME =
      "q.cdc_stream = r.cdc_stream AND q.cdc_shard = r.cdc_shard AND q.cdc_seq = r.cdc_seq";

  private final TableName table;
  private final ReadOnlyDuck duck;

  private QuarantineQuery(TableName table, ReadOnlyDuck duck) {
    this.table = table;
    this.duck = duck;
  }

  /**
   * A record in quarantine.
   *
   * @param shard that it came from
   * @param position where it stood there
   * @param cdcTime that the shard's cursor gave to it
   * @param record its text
   */
  public record Waiting(
      StreamShard shard, SequenceNumber position, Instant cdcTime, String record) {}

  /**
   * The records that are in quarantine for one reason.
   *
   * @param records all of them
   * @param reprocessed those of them that have been put where they belong
   * @param first the earliest {@code cdc_time}
   * @param last the latest {@code cdc_time}
   */
  public record Group(String reason, long records, long reprocessed, Instant first, Instant last) {}

  /**
   * Fetches what is missing here and opens it.
   *
   * @param reprocessed tells the files with a stream's records that were put where they belong
   * @param cache the local directory of this lake, shared with others
   * @param scratch a local directory that belongs to the caller: what decides whether a record is
   *     done must not be changed by others meanwhile
   */
  public static QuarantineQuery open(
      ObjectStore store,
      Lake lake,
      TableName table,
      Function<StreamLabel, List<StagedFile>> reprocessed,
      Path cache,
      Path scratch,
      Progress progress) {
    String directory = table.folder() + "/" + LakeTable.QUARANTINE;
    new Mirror(store, cache)
        .refresh(Map.of(directory, lake.data(table) + LakeTable.QUARANTINE + "/"), progress);
    ReadOnlyDuck duck = new ReadOnlyDuck();
    QuarantineQuery query = new QuarantineQuery(table, duck);
    Path files = cache.resolve(directory);
    duck.view("quarantine", DuckTable.over(duck, SourceCatalog.quarantine(table), files));
    List<StagedFile> done =
        query.streams().stream().flatMap(stream -> reprocessed.apply(stream).stream()).toList();
    duck.table("reprocessed", positions(new Mirror(store, scratch).fetch(done, progress)));
    duck.table(
        "waiting",
        "SELECT row_number() OVER (ORDER BY cdc_stream, cdc_time, cdc_shard, cdc_seq) AS place,"
            + " cdc_stream, cdc_shard, cdc_seq FROM quarantine q WHERE NOT EXISTS"
            + " (SELECT 1 FROM reprocessed r WHERE "
            + SAME
            + ")");
    duck.confineTo(cache);
    return query;
  }

  /** The streams that have records in quarantine, oldest first. */
  public List<StreamLabel> streams() {
    return rows("SELECT DISTINCT cdc_stream FROM quarantine ORDER BY cdc_stream").stream()
        .map(row -> new StreamLabel(text(row, 0)))
        .toList();
  }

  /** How many records have been put where they belong. */
  public long reprocessed() {
    return number(rows("SELECT count(*) FROM reprocessed").get(0), 0);
  }

  /** The place before the first waiting record of a stream; empty if none waits. */
  public Optional<Long> before(StreamLabel stream) {
    List<@Nullable Object> first =
        rows("SELECT min(place) - 1 FROM waiting WHERE cdc_stream = "
                + ReadOnlyDuck.literal(stream.value()))
            .get(0);
    return first.get(0) == null ? Optional.empty() : Optional.of(number(first, 0));
  }

  /**
   * The waiting records of a stream that follow a place, by time.
   *
   * @param most how many at most
   */
  public List<Waiting> after(StreamLabel stream, long place, int most) {
    return rows(
            "SELECT q.cdc_stream, q.cdc_shard, q.cdc_seq, epoch_us(q.cdc_time), q.record"
                + " FROM quarantine q JOIN waiting r ON "
                + SAME
                + " WHERE r.place > %d AND r.place <= %d AND r.cdc_stream = %s ORDER BY r.place"
                    .formatted(place, place + most, ReadOnlyDuck.literal(stream.value())))
        .stream()
        .map(
            row ->
                new Waiting(
                    new StreamShard(
                        table, new StreamLabel(text(row, 0)), new ShardId(text(row, 1))),
                    new SequenceNumber(text(row, 2)),
                    time(row, 3),
                    text(row, 4)))
        .toList();
  }

  /** All records that are or were in quarantine, by reason, the most frequent one first. */
  public List<Group> groups() {
    return rows(
            "SELECT reason, count(*), count(r.cdc_seq), epoch_us(min(cdc_time)),"
                + " epoch_us(max(cdc_time)) FROM quarantine q LEFT JOIN reprocessed r ON "
                + SAME
                + " GROUP BY reason ORDER BY 2 DESC, 1")
        .stream()
        .map(
            row ->
                new Group(text(row, 0), number(row, 1), number(row, 2), time(row, 3), time(row, 4)))
        .toList();
  }

  @Override
  public void close() {
    duck.close();
  }

  private List<List<@Nullable Object>> rows(String sql) {
    Rows.Collector rows = new Rows.Collector();
    duck.ask(sql, rows);
    return rows.rows().rows();
  }

  private static String positions(List<Path> files) {
    List<String> names = new ArrayList<>();
    files.forEach(file -> names.add(ReadOnlyDuck.literal(file.toString())));
    return names.isEmpty()
        ? "SELECT '' AS cdc_stream, '' AS cdc_shard, '' AS cdc_seq WHERE false"
        : "SELECT cdc_stream, cdc_shard, cdc_seq FROM read_parquet(["
            + String.join(", ", names)
            + "])";
  }

  private static String text(List<@Nullable Object> row, int column) {
    return Objects.requireNonNull(row.get(column)).toString();
  }

  private static long number(List<@Nullable Object> row, int column) {
    if (row.get(column) instanceof Number number) {
      return number.longValue();
    }
    throw new Failure("DuckDB gave no number for the quarantine, but " + row.get(column));
  }

  private static Instant time(List<@Nullable Object> row, int column) {
    return Instant.EPOCH.plus(number(row, column), ChronoUnit.MICROS);
  }
}
