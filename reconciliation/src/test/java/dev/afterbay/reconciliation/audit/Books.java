package dev.afterbay.reconciliation.audit;

import dev.afterbay.reconciliation.export.ExportClient;
import dev.afterbay.reconciliation.export.ExportPlace;
import dev.afterbay.reconciliation.export.MemoryExports;
import dev.afterbay.reconciliation.export.NetChange;
import dev.afterbay.reconciliation.export.TableHistory;
import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.CountedLog;
import dev.afterbay.sinks.commit.Opening;
import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.rows.TypedTables;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.snapshots.CompleteSnapshot;
import dev.afterbay.sinks.snapshots.SnapshotNotes;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
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
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.ordering.ShardCursor;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table of books, what its lake tells of it, and what it was in truth. */
public final class Books {
  public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  public static final TableName TABLE = new TableName("Books");
  static final StreamLabel STREAM = new StreamLabel("2026-11-20T00:00:00.000");
  static final StreamShard SHARD =
      new StreamShard(TABLE, STREAM, new ShardId("shardId-00000001763600000000-aaaaaaaa"));
  static final Lake LAKE = new MemoryGround().lake();

  private final List<KeyAttribute> keys;
  private final Path scratch;
  private final List<ChangeEvent> changes = new ArrayList<>();
  private final Ground ground;
  public final ObjectStore store;
  public final Lake lake;
  final Map<String, Item> truth = new HashMap<>();
  private final ObjectStore exported = new MemoryObjectStore();
  private final MemoryExports exports =
      new MemoryExports(
          exported,
          new TableHistory() {
            @Override
            public List<Item> at(Instant moment) {
              return List.copyOf(truth.values());
            }

            @Override
            public List<NetChange> between(Instant from, Instant to) {
              return List.of();
            }
          });
  Completeness completeness = (table, moment) -> new Completeness.Progress.Reached();
  Instant now = NOON.plusSeconds(60);
  private Protection protection = Protection.NONE;

  private int next = 100;

  Books(Path scratch, Ground ground, KeyAttribute... keys) {
    this.scratch = scratch;
    this.ground = ground;
    this.store = ground.store();
    this.lake = ground.lake();
    this.keys = List.of(keys);
  }

  public static Books of(Path scratch) {
    return new Books(scratch, new MemoryGround(), new KeyAttribute("Isbn", KeyType.S));
  }

  Books protecting(Map<String, Protection.Rule> rules) {
    protection = new Protection(rules, new byte[16]);
    return this;
  }

  public static Item book(String isbn, String title) {
    return new Item(Map.of("Isbn", new Value.S(isbn), "Title", new Value.S(title)));
  }

  /** A change that the lake tells of; a title of null is a removal. */
  public Books told(String isbn, @Nullable String title, Instant time) {
    Item key = new Item(Map.of("Isbn", new Value.S(isbn)));
    return told(key, title == null ? null : book(isbn, title), time);
  }

  Books told(Item key, @Nullable Item item, Instant time) {
    changes.add(
        new ChangeEvent(
            item == null ? Operation.REMOVE : Operation.MODIFY,
            time,
            SequenceNumber.parse("" + next++),
            "event-" + changes.size(),
            false,
            Image.of(key),
            item == null ? null : Image.of(item),
            null));
    return this;
  }

  /** What the export tells. */
  Books inTruth(String isbn, String title) {
    return inTruth(book(isbn, title));
  }

  Books inTruth(Item item) {
    truth.put(Image.of(item).json(), item);
    return this;
  }

  Books withoutTruth() {
    truth.clear();
    return this;
  }

  TypedTables tables(ObjectStore through) {
    return new TypedTables(
        TABLE, new ChangesTable(keys), List.of(), protection, new SchemaLog(through, lake));
  }

  /** Commits what was told since the last time. */
  public Books commit() {
    CommitLog logs = new CommitLog(store, lake, Workspace.in(scratch), () -> now);
    ShardLog log = ((Opening.Opened) logs.open(SHARD)).log();
    Segment segment = log.begin();
    RowMaker rows = tables(store).rows();
    for (ChangeEvent change : changes) {
      segment
          .cursor()
          .accept(change)
          .ifPresent(
              accepted ->
                  segment.append(
                      accepted.cursor(), rows.rowsOf(SHARD, change, accepted.cdcTime()).rows()));
    }
    if (!(log.commit(segment) instanceof Outcome.Committed)) {
      throw new IllegalStateException("not committed");
    }
    return this;
  }

  /** The next change has this number. */
  Books continuing(int number) {
    next = number;
    return this;
  }

  /** What an export told of a gap in which the last change had this number. */
  Books healed(String isbn, @Nullable String title, int number, Instant time) {
    StreamShard name = new StreamShard(TABLE, StreamLabel.NONE, new ShardId("heal-" + number));
    CountedLog log = CountedLog.open(store, lake, Workspace.in(scratch), () -> now, name);
    Segment segment = log.log().begin();
    Image key = Image.of(new Item(Map.of("Isbn", new Value.S(isbn))));
    ChangeEvent event =
        new ChangeEvent(
            title == null ? Operation.REMOVE : Operation.MODIFY,
            time,
            SequenceNumber.parse("" + number),
            "heal",
            false,
            key,
            title == null ? null : Image.of(book(isbn, title)),
            null);
    segment.append(
        CountedLog.next(segment.cursor(), time, key.digest()),
        tables(store)
            .rowsOfProtected(Origin.HEAL)
            .rowsOf(new StreamShard(TABLE, STREAM, name.shard()), event, time)
            .rows());
    log.log().commitEnd(segment);
    return this;
  }

  /** A complete snapshot of items at a moment. */
  public Books snapshot(Instant at, Item... items) {
    StreamShard name =
        new StreamShard(TABLE, StreamLabel.NONE, new ShardId("snapshot-" + Lake.moment(at)));
    CountedLog log = CountedLog.open(store, lake, Workspace.in(scratch), () -> now, name);
    Segment segment = log.log().begin();
    RowMaker rows = tables(store).snapshotRows();
    for (Item item : items) {
      ShardCursor next = CountedLog.next(segment.cursor(), at, Image.of(item).digest());
      ChangeEvent event =
          new ChangeEvent(
              Operation.INSERT,
              at,
              next.position().orElseThrow(),
              "snapshot",
              false,
              Image.of(new Item(Map.of("Isbn", item.attributes().get("Isbn")))),
              Image.of(item),
              null);
      segment.append(next, rows.rowsOf(name, event, at).rows());
    }
    log.log().commitEnd(segment);
    new SnapshotNotes(store, lake)
        .complete(new CompleteSnapshot(TABLE, at, "arn", items.length, Set.of()));
    return this;
  }

  Audits audits(ObjectStore through) {
    AuditParts parts =
        new AuditParts(
            through,
            lake,
            exported,
            new ExportClient(exports, exported, Duration.ofSeconds(1), time -> {}),
            ground.engine(through),
            completeness,
            () -> now,
            scratch);
    return new Audits(parts, Duration.ofMinutes(1), time -> now = now.plus(time));
  }

  AuditedTable table(ObjectStore through) {
    return new AuditedTable(
        TABLE,
        "arn:aws:dynamodb:eu-west-1:123456789012:table/Books",
        keys,
        tables(through),
        new ExportPlace("bucket", "exports"));
  }

  AuditSummary audit(Instant at) {
    ground.register(TABLE, keys);
    try {
      return audits(store).audit(table(store), at, AuditProgress.none());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  long repair(AuditSummary summary) {
    try {
      return audits(store).repair(table(store), summary, AuditProgress.none());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The rows of an audit as {@code verdict key}. */
  List<String> drift(Instant at) {
    AuditParts parts =
        new AuditParts(
            store,
            lake,
            exported,
            new ExportClient(exports, exported, Duration.ofSeconds(1), time -> {}),
            ground.engine(store),
            completeness,
            () -> now,
            scratch);
    return new DriftLog(parts, TABLE)
        .read(at, scratch.resolve("drift-" + Math.abs(System.nanoTime()))).stream()
            .map(drift -> drift.verdict().text() + " " + drift.key() + " " + drift.firstSeen())
            .toList();
  }
}
