package dev.afterbay.local.stream;

import dev.afterbay.transforms.change.ShardId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which calls fail, and how: the n-th of an operation, the n-th of an operation on a shard, or each
 * with a probability. The rule that was added first decides.
 */
public final class Faults {
  private final SplittableRandom random;
  private final List<Rule> rules = new ArrayList<>();
  private final Map<StreamCall, Long> calls = new EnumMap<>(StreamCall.class);
  private final Map<StreamCall, Map<ShardId, Long>> callsOnShards = new EnumMap<>(StreamCall.class);
  private final Map<String, Long> given = new TreeMap<>();

  Faults(SplittableRandom random) {
    this.random = random;
  }

  /** The n-th call of this operation since the stream began, counted from 1. */
  public synchronized void on(StreamCall call, long nth, Fault fault) {
    rules.add(new Counted(call, null, nth, nth, fault));
  }

  /** The n-th call of this operation on this shard, counted from 1. */
  public synchronized void on(StreamCall call, ShardId shard, long nth, Fault fault) {
    rules.add(new Counted(call, shard, nth, nth, fault));
  }

  /** The next calls of this operation. */
  public synchronized void next(StreamCall call, long times, Fault fault) {
    long done = made(call);
    rules.add(new Counted(call, null, done + 1, done + times, fault));
  }

  /** The next calls of this operation on this shard. */
  public synchronized void next(StreamCall call, ShardId shard, long times, Fault fault) {
    long done = made(call, shard);
    rules.add(new Counted(call, shard, done + 1, done + times, fault));
  }

  /** Any call of this operation, by chance; the stream's seed decides. */
  public synchronized void sometimes(StreamCall call, double probability, Fault fault) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("A probability is 0 to 1, not " + probability);
    }
    rules.add(new Chance(call, probability, fault, random));
  }

  /** Forgets every rule; calls are counted on. */
  public synchronized void clear() {
    rules.clear();
  }

  /** How many calls of this operation were made. */
  public synchronized long made(StreamCall call) {
    return calls.getOrDefault(call, 0L);
  }

  /** How many calls of this operation on this shard were made. */
  public synchronized long made(StreamCall call, ShardId shard) {
    return callsOnShards.getOrDefault(call, Map.of()).getOrDefault(shard, 0L);
  }

  /** How often each fault was given, by its name. */
  public synchronized Map<String, Long> given() {
    return new TreeMap<>(given);
  }

  /** Counts a call and says what happens to it. */
  synchronized Optional<Fault> meet(StreamCall call, @Nullable ShardId shard) {
    long count = calls.merge(call, 1L, Long::sum);
    long onShard =
        shard == null
            ? 0
            : callsOnShards
                .computeIfAbsent(call, any -> new HashMap<>())
                .merge(shard, 1L, Long::sum);
    Optional<Fault> met =
        rules.stream()
            .filter(rule -> rule.meets(call, shard, count, onShard))
            .map(Rule::fault)
            .findFirst();
    met.ifPresent(fault -> given.merge(fault.name(), 1L, Long::sum));
    return met;
  }

  private sealed interface Rule {
    Fault fault();

    boolean meets(StreamCall call, @Nullable ShardId shard, long count, long onShard);
  }

  private record Counted(
      StreamCall call, @Nullable ShardId shard, long first, long last, Fault fault)
      implements Rule {
    @Override
    public boolean meets(StreamCall met, @Nullable ShardId on, long count, long onShard) {
      long nth = shard == null ? count : onShard;
      return met == call && (shard == null || shard.equals(on)) && nth >= first && nth <= last;
    }
  }

  private record Chance(StreamCall call, double probability, Fault fault, SplittableRandom random)
      implements Rule {
    @Override
    public boolean meets(StreamCall met, @Nullable ShardId on, long count, long onShard) {
      return met == call && random.nextDouble() < probability;
    }
  }
}
