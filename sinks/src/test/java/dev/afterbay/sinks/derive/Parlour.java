package dev.afterbay.sinks.derive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.check.LakeReport;
import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.CountedLog;
import dev.afterbay.sinks.commit.LogEntries;
import dev.afterbay.sinks.commit.Opening;
import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.Rewinder;
import dev.afterbay.sinks.commit.ShardHistory;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.erasures.ErasedFile;
import dev.afterbay.sinks.erasures.ErasedFiles;
import dev.afterbay.sinks.generations.Definition;
import dev.afterbay.sinks.generations.Generation;
import dev.afterbay.sinks.generations.OrdersEntity;
import dev.afterbay.sinks.rows.GenerationRows;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.rows.TypedTables;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.toparquet.ParquetRows;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.Origin;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.ordering.ShardCursor;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;

/**
 * A table of orders and other items whose shards write themselves, and the typed tables that are
 * made anew of it.
 */
final class Parlour {
  static final TableName TABLE = new TableName("Parlour");
  static final Lake LAKE = new Lake("lake");
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  static final ChangesTable KEYS = new ChangesTable(List.of(new KeyAttribute("PK", KeyType.S)));

  /** Cuts after two rows, so that an entry is derived by several commits. */
  static final DeriveLimits LIMITS =
      new DeriveLimits(
          new RollPolicy(Duration.ofDays(1), Long.MAX_VALUE, 2),
          Long.MAX_VALUE,
          InstantSource.fixed(NOON));

  final MemoryObjectStore store = new MemoryObjectStore();
  private final Path scratch;
  private final Map<StreamShard, List<ChangeEvent>> written =
      new TreeMap<>(java.util.Comparator.comparing(StreamShard::toString));
  private int number;

  Parlour(Path scratch) {
    this.scratch = scratch;
  }

  /** Another lake with the same content, to be treated otherwise. */
  Parlour copy() {
    Parlour copy = new Parlour(scratch);
    store.objects().forEach(copy.store::overwrite);
    written.forEach((log, events) -> copy.written.put(log, new ArrayList<>(events)));
    copy.number = number;
    return copy;
  }

  static Entity orders(String type) {
    return OrdersEntity.withTotal(type);
  }

  static StreamShard shard(int which) {
    return new StreamShard(
        TABLE, new StreamLabel("2026-11-21T05:00:00.000"), new ShardId("shardId-" + which));
  }

  static StreamShard counted(String name) {
    return new StreamShard(TABLE, new StreamLabel("2026-11-21T05:00:00.000"), new ShardId(name));
  }

  TypedTables tables(Entity entity) {
    return new TypedTables(
        TABLE, KEYS, List.of(entity), Protection.NONE, new SchemaLog(store, LAKE));
  }

  /** Commits so many changes to a log, in one entry. */
  void commit(StreamShard to, RowMaker rows, int changes) {
    ShardLog log = open(store, to);
    Segment segment = begin(log, rows);
    for (int i = 0; i < changes; i++) {
      append(segment, to, rows);
    }
    assertThat(log.commit(segment)).isInstanceOf(Outcome.Committed.class);
  }

  static Segment begin(ShardLog log, RowMaker rows) {
    rows.segmentBegins();
    return log.begin();
  }

  /** Adds the next change; every third is of another kind of item. */
  void append(Segment segment, StreamShard to, RowMaker rows) {
    ChangeEvent event = event(++number);
    ShardCursor after =
        to.shard().ofStream()
            ? segment.cursor().accept(event).orElseThrow().cursor()
            : CountedLog.next(segment.cursor(), event.approximateCreation(), event.eventId());
    Instant time = to.shard().ofStream() ? after.latest() : event.approximateCreation();
    segment.append(after, rows.rowsOf(to, event, time).rows());
    written.computeIfAbsent(to, log -> new ArrayList<>()).add(event);
  }

  private static ChangeEvent event(int number) {
    String kind = number % 3 == 0 ? "OTHER#" : "ORDER#";
    String keys = "\"PK\":{\"S\":\"%s%d\"}".formatted(kind, number);
    return new ChangeEvent(
        Operation.INSERT,
        NOON.plusSeconds(number * 1000L),
        SequenceNumber.parse("1000000000000000000" + "%05d".formatted(number)),
        "event-" + number,
        false,
        Image.parse("{" + keys + "}"),
        Image.parse(
            "{\"Color\":{\"S\":\"red\"}," + keys + ",\"Total\":{\"N\":\"" + number + "\"}}"),
        null);
  }

  ShardLog open(ObjectStore way, StreamShard name) {
    Opening opening = logs(way).open(name);
    assertThat(opening).isInstanceOf(Opening.Opened.class);
    return ((Opening.Opened) opening).log();
  }

  private CommitLog logs(ObjectStore way) {
    return new CommitLog(way, LAKE, Workspace.in(scratch), InstantSource.fixed(NOON));
  }

  RederivedEntity wanted(ObjectStore way, Entity entity) {
    return new RederivedEntity(
        new SchemaLog(way, LAKE),
        InstantSource.fixed(NOON),
        TABLE,
        new Definition(entity, Map.of()));
  }

  /** Rederives as one process would, from its beginning to its end. */
  Rederivation.Result rederive(ObjectStore way, Entity entity) {
    RederivedEntity wanted = wanted(way, entity);
    Generation generation = wanted.begin();
    return run(way, derivation(way, wanted, generation), generation);
  }

  Derivation derivation(ObjectStore way, RederivedEntity wanted, Generation generation) {
    return new Derivation(
        way,
        LAKE,
        logs(way),
        scratch,
        generation,
        KEYS,
        (file, schema, rows) -> ParquetRows.read(Files.readAllBytes(file)).forEach(rows),
        new GenerationRows(
            generation,
            KEYS,
            Protection.NONE,
            new SchemaLog(way, LAKE),
            wanted.inferredBefore(generation)),
        LIMITS);
  }

  static Rederivation.Result run(ObjectStore way, Derivation derivation, Generation generation) {
    try {
      return new Rederivation(
              way,
              LAKE,
              derivation,
              generation,
              Duration.ZERO,
              InstantSource.fixed(NOON),
              duration -> {})
          .run(log -> true, DeriveProgress.NONE);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Takes a log back, so that some of its entries stay. */
  void takeBack(StreamShard from, int kept) {
    Rewinder rewinder = new Rewinder(store, LAKE, InstantSource.fixed(NOON));
    ShardHistory history = rewinder.read(from);
    long records = history.live().stream().limit(kept).mapToLong(Entry::records).sum();
    assertThat(rewinder.begin(history, kept, Optional.empty(), NOON))
        .isEqualTo(Rewinder.Begun.BEGUN);
    rewinder.complete(from);
    List<ChangeEvent> events = Objects.requireNonNull(written.get(from));
    events.subList((int) records, events.size()).clear();
  }

  /** Erases the last row of an entry from the raw changes and from the typed ones. */
  void eraseLast(StreamShard from, int entry) {
    List<ChangeEvent> events = written.getOrDefault(from, List.of());
    ChangeEvent gone = null;
    for (StagedFile file :
        ShardHistory.read(new LogEntries(store, LAKE), from).live().get(entry).files()) {
      List<GenericRecord> rows = rowsOf(store.get(file.key()).orElseThrow());
      String last = rows.get(rows.size() - 1).get("cdc_seq").toString();
      ChangeEvent event =
          events.stream()
              .filter(each -> each.sequenceNumber().padded().equals(last))
              .findFirst()
              .orElseThrow();
      if (gone == null || event.equals(gone)) {
        gone = event;
        GenericRecord row = rows.remove(rows.size() - 1);
        replace(file, ParquetRows.write(row.getSchema(), rows, scratch), rows.size());
      }
    }
    events.remove(gone);
  }

  private void replace(StagedFile file, byte[] content, int rows) {
    new ErasedFiles(store, LAKE).note(file.key(), "one", new ErasedFile(content.length, rows, 1));
    store.overwrite(file.key(), content);
  }

  private static List<GenericRecord> rowsOf(byte[] file) {
    try {
      return ParquetRows.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each change of an order has its row in a folder, once, with its own values; fsck agrees. */
  void assertWhole(String folder, String why) {
    List<String> expected = new ArrayList<>();
    written.forEach(
        (log, events) ->
            events.stream()
                .filter(event -> event.keys().json().contains("ORDER#"))
                .forEach(
                    event -> expected.add(log.shard() + " " + event.sequenceNumber().padded())));
    assertThat(rows(folder)).as(why).containsExactlyInAnyOrderElementsOf(expected);
    assertSound(why);
  }

  void assertSound(String why) {
    LakeReport report = new LakeCheck(store, LAKE).check(TABLE);
    assertThat(report.findings()).as(why).isEmpty();
  }

  /** Shard and sequence number of each row of a folder. */
  List<String> rows(String folder) {
    List<String> rows = new ArrayList<>();
    for (GenericRecord row : records(folder)) {
      assertThat(row.get("Total")).as("%s", row).isNotNull();
      assertThat(row.get("cdc_origin"))
          .hasToString(
              row.get("cdc_shard").toString().startsWith("shardId-")
                  ? Origin.STREAM.name()
                  : Origin.HEAL.name());
      rows.add(row.get("cdc_shard") + " " + row.get("cdc_seq"));
    }
    return rows;
  }

  List<GenericRecord> records(String folder) {
    List<GenericRecord> rows = new ArrayList<>();
    String prefix = LAKE.data(TABLE) + folder + "/";
    for (Map.Entry<ObjectKey, byte[]> object : store.objects().entrySet()) {
      if (object.getKey().value().startsWith(prefix)) {
        rows.addAll(rowsOf(object.getValue()));
      }
    }
    return rows;
  }
}
