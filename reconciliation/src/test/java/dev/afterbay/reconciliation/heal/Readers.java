package dev.afterbay.reconciliation.heal;

import dev.afterbay.reconciliation.heal.World.Change;
import dev.afterbay.reconciliation.heal.World.Shard;
import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.Opening;
import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.commit.protocol.Gap;
import dev.afterbay.sinks.commit.protocol.Gap.Reason;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.rows.TypedTables;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.ordering.ShardCursor;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Writes a lake of a world as the workers would, who did not come to see some of its changes. */
final class Readers {
  static final TableName TABLE = new TableName("shop");
  static final Lake LAKE = new Lake("lake");
  static final List<KeyAttribute> KEYS = List.of(new KeyAttribute("PK", KeyType.S));
  static final Protection PROTECTION =
      new Protection(
          Map.of("Secret", Protection.Rule.HASH),
          "0123456789abcdef".getBytes(StandardCharsets.UTF_8));

  private final MemoryObjectStore store;
  private final Path scratch;
  private final Instant found;
  private final CommitLog log;
  private final RowMaker rows;
  private final Set<Shard> read = new HashSet<>();

  /** Readers who find at a moment that something is missing. */
  Readers(MemoryObjectStore store, Path scratch, Instant found) {
    this.store = store;
    this.scratch = scratch;
    this.found = found;
    this.log = new CommitLog(store, LAKE, this.scratch, () -> found);
    this.rows = tables(PROTECTION).rows();
  }

  TypedTables tables(Protection protection) {
    return new TypedTables(
        TABLE, new ChangesTable(KEYS), List.of(), protection, new SchemaLog(store, LAKE));
  }

  /** Reads all shards of a stream, parents first. */
  void read(World world, StreamLabel stream, Predicate<Change> lost, boolean recreated) {
    store.putIfAbsent(LAKE.stream(TABLE, stream), "{}".getBytes(StandardCharsets.UTF_8));
    for (Shard shard : world.shards) {
      if (shard.stream.equals(stream)) {
        read(shard, lost, recreated);
      }
    }
  }

  /** Notes that between two streams there was none. */
  void newStream(Instant from) {
    ShardLog beginning = opened(log.open(new StreamShard(TABLE, World.NEW, new ShardId("stream"))));
    committed(
        beginning.commitGap(
            new Gap(Reason.STREAM_RECREATED, Optional.empty(), from, found, "a new stream")));
  }

  private void read(Shard shard, Predicate<Change> lost, boolean recreated) {
    List<Change> changes = shard.changes;
    boolean endLost =
        recreated && shard.open || !changes.isEmpty() && lost.test(changes.get(changes.size() - 1));
    boolean allLost = changes.stream().allMatch(lost);
    if (shard.parent.isPresent() && allLost && !shard.open) {
      // It came and went while nobody looked.
      return;
    }
    StreamShard name = new StreamShard(TABLE, shard.stream, shard.id);
    boolean orphan = shard.parent.filter(parent -> !read.contains(parent)).isPresent();
    ShardLog open =
        opened(
            shard.parent.isEmpty() || orphan
                ? log.open(name)
                : log.openChild(name, shard.parent.get().id));
    read.add(shard);
    boolean missing = orphan;
    Segment segment = open.begin();
    for (Change change : changes) {
      if (lost.test(change)) {
        missing = true;
        continue;
      }
      if (missing) {
        open = commit(open, segment);
        gap(open, orphan ? Reason.PARENT_NEVER_READ : Reason.TRIMMED, Optional.of(change));
        orphan = false;
        missing = false;
        segment = open.begin();
      }
      append(segment, name, change);
    }
    open = commit(open, segment);
    if (endLost && missing) {
      gap(open, recreated ? Reason.STREAM_RECREATED : Reason.SHARD_VANISHED, Optional.empty());
    } else if (!shard.open) {
      committed(open.commitEnd(open.begin()));
    }
  }

  private void gap(ShardLog open, Reason reason, Optional<Change> before) {
    Instant latest = open.cursor().latest();
    Instant from = latest.isAfter(Instant.EPOCH) ? latest : World.START;
    Instant until = before.map(Change::second).orElse(found);
    committed(open.commitGap(new Gap(reason, before.map(Change::position), from, until, "lost")));
  }

  private ShardLog commit(ShardLog open, Segment segment) {
    if (segment.records() > 0) {
      committed(open.commit(segment));
    }
    return open;
  }

  private void append(Segment segment, StreamShard name, Change change) {
    ChangeEvent event =
        new ChangeEvent(
            change.after().isEmpty()
                ? Operation.REMOVE
                : change.before().isEmpty() ? Operation.INSERT : Operation.MODIFY,
            change.second(),
            change.position(),
            "event-" + change.position().spelled(),
            false,
            Image.of(World.keys(change.key())),
            change.after().map(Image::of).orElse(null),
            change.before().map(Image::of).orElse(null));
    ShardCursor.Accepted accepted = segment.cursor().accept(event).orElseThrow();
    segment.append(accepted.cursor(), rows.rowsOf(name, event, accepted.cdcTime()).rows());
  }

  /** The digest of an item as the lake holds it. */
  static String digest(Item item) {
    Image image = Image.of(item);
    ChangeEvent event =
        new ChangeEvent(
            Operation.INSERT,
            Instant.EPOCH,
            SequenceNumber.parse("1"),
            "",
            false,
            Image.of(World.keys("")),
            image,
            null);
    Image left = PROTECTION.protect(event).newImage();
    return left == null ? "-" : left.digest();
  }

  private static ShardLog opened(Opening opening) {
    return ((Opening.Opened) opening).log();
  }

  private static void committed(Outcome outcome) {
    if (!(outcome instanceof Outcome.Committed)) {
      throw new AssertionError(outcome);
    }
  }
}
