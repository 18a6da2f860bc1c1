package dev.afterbay.sinks.derive;

import dev.afterbay.sinks.generations.Generation;
import dev.afterbay.sinks.generations.GenerationNotes;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.snapshots.SnapshotNotes;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.StreamShard;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

/**
 * Builds a generation to its end, and makes it the one to ask once nothing is missing. Any number
 * of processes may do so, at once or one after the other.
 */
public final class Rederivation {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);

  /** In each, workers have committed something without the generation. */
  private static final int MOST_ROUNDS = 50;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Derivation derivation;
  private final GenerationNotes notes;
  private final SnapshotNotes snapshots;
  private final Generation generation;
  private final Duration patience;
  private final InstantSource clock;
  private final Pause pause;

  /** Waits. */
  @FunctionalInterface
  public interface Pause {
    /** Waits so long. */
    void await(Duration duration) throws InterruptedException;
  }

  /**
   * The building of a generation.
   *
   * @param patience for how long after the generation was noted workers may still commit what they
   *     began to collect before
   */
  public Rederivation(
      ObjectStore store,
      Lake lake,
      Derivation derivation,
      Generation generation,
      Duration patience,
      InstantSource clock,
      Pause pause) {
    this.derivation = derivation;
    this.notes = new GenerationNotes(store, lake);
    this.snapshots = new SnapshotNotes(store, lake);
    this.generation = generation;
    this.patience = patience;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * What became of a generation.
   *
   * @param rows how many raw rows this run looked at
   * @param standing whether it is the one to ask
   * @param incomplete the logs of which it lacks something, left to other tasks or to another run
   */
  public record Result(long rows, Standing standing, List<StreamShard> incomplete) {
    /** Copies the logs. */
    public Result {
      incomplete = List.copyOf(incomplete);
    }
  }

  /** Whether a generation is the one to ask. */
  public enum Standing {
    /** It was before, and still is. */
    CURRENT,
    /** It is from now on. */
    SWITCHED,
    /** Not yet: other tasks have not done their share. */
    BUILDING
  }

  /**
   * Derives a share of the logs until nothing of it is missing; whoever finds that nothing is
   * missing at all switches.
   *
   * @param mine the logs of this share
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer
   * @throws LakeException if the lake is not as it must be
   * @throws InterruptedException while it waits for workers; what was done stays done
   */
  public Result run(Predicate<StreamShard> mine, DeriveProgress progress)
      throws InterruptedException {
    boolean isCurrent = isCurrent();
    long rows = catchUp(mine, progress);
    if (isCurrent) {
      return new Result(rows, Standing.CURRENT, derivation.incomplete());
    }
    for (Duration left = untilQuiet(); left.compareTo(Duration.ZERO) > 0; left = untilQuiet()) {
      pause.await(left.compareTo(LONGEST_PAUSE) < 0 ? left.plus(SHORTEST_PAUSE) : LONGEST_PAUSE);
      rows += catchUp(mine, progress);
    }
    List<Instant> moments = snapshots.moments(generation.table());
    List<StreamShard> incomplete = derivation.incomplete();
    for (int round = 0; incomplete.stream().anyMatch(mine); round++) {
      if (round == MOST_ROUNDS) {
        throw new LakeException(
            "Workers commit to table '"
                + generation.table()
                + "' without the new table of '"
                + generation.entity()
                + "' as fast as it is derived. See that all have this version and this"
                + " configuration, then repeat the command, which goes on where it stopped");
      }
      rows += catchUp(mine, progress);
      moments = snapshots.moments(generation.table());
      incomplete = derivation.incomplete();
    }
    if (!incomplete.isEmpty()) {
      return new Result(rows, Standing.BUILDING, incomplete);
    }
    moments.stream()
        .reduce((earlier, later) -> later)
        .ifPresent(newest -> notes.holds(generation, newest, clock.instant()));
    notes.makeCurrent(generation, clock.instant());
    rows += catchUp(mine, progress);
    return new Result(rows, Standing.SWITCHED, derivation.incomplete());
  }

  private boolean isCurrent() {
    return notes.of(generation.table(), generation.entity()).current().stream()
        .anyMatch(current -> current.number() >= generation.number());
  }

  private long catchUp(Predicate<StreamShard> mine, DeriveProgress progress) {
    long rows = 0;
    long found = derivation.pass(mine, progress);
    while (found > 0) {
      rows += found;
      found = derivation.pass(mine, progress);
    }
    return rows;
  }

  private Duration untilQuiet() {
    return generation
        .begunAt()
        .map(begun -> Duration.between(clock.instant(), begun.plus(patience)))
        .orElse(Duration.ZERO);
  }
}
