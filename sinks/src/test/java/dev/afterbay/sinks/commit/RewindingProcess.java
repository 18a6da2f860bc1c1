package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.protocol.CommitId;
import dev.afterbay.sinks.faults.Crash;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.FaultyStore;
import dev.afterbay.sinks.rewind.Criterion;
import dev.afterbay.sinks.rewind.LogRewind;
import dev.afterbay.sinks.rewind.RewindPlan;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.transforms.change.ShardId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that takes the logs of shards back to a time, held to the protocol's rules. */
final class RewindingProcess {
  private static final AtomicInteger COMMITS = new AtomicInteger();

  private final List<Reading> readings;
  private final Instant from;
  private final Rewinder rewinder;

  /**
   * A process.
   *
   * @param store the store in truth
   * @param disturbance of the way to it
   * @param readings of the shards, all of which the stream lists
   */
  RewindingProcess(
      MemoryObjectStore store, Disturbance disturbance, List<Reading> readings, Instant from) {
    this.readings = readings;
    this.from = from;
    this.rewinder =
        new Rewinder(
            new Umpire(new FaultyStore(store, disturbance), store, Writer.LAKE),
            Writer.LAKE,
            InstantSource.fixed(ShardFeed.TIME),
            () -> new CommitId("%08x-rewind".formatted(COMMITS.incrementAndGet())));
  }

  Writer.End run() {
    try {
      new LogRewind(rewinder, shard -> {}).run(this::task);
      return Writer.End.DONE;
    } catch (Crash e) {
      return Writer.End.CRASHED;
    } catch (LakeException | ObjectStoreException e) {
      return String.valueOf(e.getMessage()).contains(Halt.DAMAGED.name())
          ? Writer.End.DAMAGED
          : Writer.End.HALTED;
    }
  }

  private LogRewind.Task task() {
    Map<ShardId, ShardHistory> histories = new LinkedHashMap<>();
    Map<ShardId, Set<ShardId>> children = new LinkedHashMap<>();
    for (Reading reading : readings) {
      histories.put(reading.shard().shard(), rewinder.read(reading.shard()));
      reading.parent().ifPresent(parent -> children.put(parent, Set.of(reading.shard().shard())));
    }
    return new LogRewind.Task(
        RewindPlan.of(
            histories,
            children,
            new Criterion(Optional.of(from), Optional.empty(), Optional.empty())),
        histories.values().stream().filter(rewinder::isUnfinished).toList());
  }
}
