package dev.afterbay.reconciliation.heal;

import dev.afterbay.reconciliation.export.NetChange;
import dev.afterbay.reconciliation.export.TableHistory;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A random table and its streams: which item changed when, in which shard, and what it was before
 * and after. Sequence numbers grow from parent to child, and tell nothing between other shards.
 */
final class World implements TableHistory {
  static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
  static final StreamLabel OLD = new StreamLabel("2026-11-20T00:00:00.000");
  static final StreamLabel NEW = new StreamLabel("2026-11-22T00:00:00.000");

  final List<Change> changes = new ArrayList<>();
  final List<Shard> shards = new ArrayList<>();
  private final Random random;
  private final Map<String, Item> items = new TreeMap<>();

  /** One change; its shard is null if no stream has it. */
  record Change(
      String key,
      Instant time,
      @Nullable Shard shard,
      SequenceNumber position,
      Optional<Item> before,
      Optional<Item> after) {
    /** As the stream tells it. */
    Instant second() {
      return time.truncatedTo(ChronoUnit.SECONDS);
    }
  }

  /** A shard; keys whose hash, divided by the width, leaves its remainder are in it. */
  static final class Shard {
    final StreamLabel stream;
    final ShardId id;
    final Optional<Shard> parent;
    final int width;
    final int remainder;
    final List<Change> changes = new ArrayList<>();
    boolean open = true;
    long next;

    Shard(
        StreamLabel stream, ShardId id, Optional<Shard> parent, int width, int remainder, long at) {
      this.stream = stream;
      this.id = id;
      this.parent = parent;
      this.width = width;
      this.remainder = remainder;
      this.next = at;
    }

    boolean takes(String key) {
      return open && Math.floorMod(key.hashCode(), width) == remainder;
    }
  }

  World(Random random, int roots) {
    this.random = random;
    addRoots(OLD, roots);
  }

  private void addRoots(StreamLabel stream, int roots) {
    for (int i = 0; i < roots; i++) {
      add(stream, Optional.empty(), roots, i, 1 + random.nextInt(1_000_000));
    }
  }

  private void add(StreamLabel stream, Optional<Shard> parent, int width, int rest, long at) {
    ShardId id = new ShardId("shardId-%08d".formatted(shards.size()));
    shards.add(new Shard(stream, id, parent, width, rest, at));
  }

  /** Lets an open shard end, and its two children begin. */
  void split() {
    List<Shard> open = shards.stream().filter(shard -> shard.open).toList();
    if (open.isEmpty()) {
      return;
    }
    Shard parent = open.get(random.nextInt(open.size()));
    parent.open = false;
    for (int half = 0; half < 2; half++) {
      add(
          parent.stream,
          Optional.of(parent),
          parent.width * 2,
          parent.remainder + half * parent.width,
          parent.next + 1 + random.nextInt(1_000));
    }
  }

  /** The stream ends; changes go nowhere until another one begins. */
  void streamOff() {
    shards.forEach(shard -> shard.open = false);
  }

  void streamOn(int roots) {
    addRoots(NEW, roots);
  }

  void change(String key, Instant time) {
    Optional<Item> before = Optional.ofNullable(items.get(key));
    Optional<Item> after =
        before.isPresent() && random.nextInt(3) == 0
            ? Optional.empty()
            : Optional.of(item(key, random.nextInt(3)));
    if (before.equals(after)) {
      return;
    }
    Optional<Shard> shard = shards.stream().filter(each -> each.takes(key)).findFirst();
    long position = 0;
    if (shard.isPresent()) {
      position = shard.get().next;
      shard.get().next += 2 + random.nextInt(50);
    }
    Change change =
        new Change(
            key,
            time,
            shard.orElse(null),
            SequenceNumber.parse(Long.toString(position)),
            before,
            after);
    changes.add(change);
    shard.ifPresent(each -> each.changes.add(change));
    if (after.isPresent()) {
      items.put(key, after.get());
    } else {
      items.remove(key);
    }
  }

  static Item keys(String key) {
    return new Item(Map.of("PK", new Value.S(key)));
  }

  private static Item item(String key, int value) {
    return new Item(
        Map.of(
            "PK",
            new Value.S(key),
            "Value",
            new Value.N(Integer.toString(value)),
            "Secret",
            new Value.S("secret " + value)));
  }

  /** The items before a moment. */
  Map<String, Item> before(Instant moment) {
    Map<String, Item> state = new HashMap<>();
    for (Change change : changes) {
      if (change.time().isBefore(moment)) {
        if (change.after().isPresent()) {
          state.put(change.key(), change.after().get());
        } else {
          state.remove(change.key());
        }
      }
    }
    return state;
  }

  @Override
  public List<Item> at(Instant moment) {
    return List.copyOf(before(moment).values());
  }

  /** By DynamoDB's rules: what was made and removed within the time has no line. */
  @Override
  public List<NetChange> between(Instant from, Instant to) {
    Map<String, Item> then = before(from);
    Map<String, Item> now = before(to);
    Map<String, Instant> written = new TreeMap<>();
    changes.stream()
        .filter(change -> !change.time().isBefore(from) && change.time().isBefore(to))
        .forEach(change -> written.put(change.key(), change.time()));
    List<NetChange> lines = new ArrayList<>();
    written.forEach(
        (key, time) -> {
          Optional<Item> before = Optional.ofNullable(then.get(key));
          Optional<Item> after = Optional.ofNullable(now.get(key));
          if (before.isPresent() || after.isPresent()) {
            lines.add(new NetChange(time, keys(key), after, before));
          }
        });
    return lines;
  }
}
