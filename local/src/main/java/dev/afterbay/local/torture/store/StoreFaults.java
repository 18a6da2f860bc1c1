package dev.afterbay.local.torture.store;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Which requests fail, and how: each with the same probability, which may be changed any time. */
public final class StoreFaults {
  private static final long LEAST_MILLIS = 50;
  private static final long MOST_MILLIS = 3_000;

  private final SplittableRandom random;
  private final Set<StoreFault> kinds;
  private final Map<String, Long> given = new TreeMap<>();
  private double probability;

  /** No faults yet; of every kind when there are. */
  public StoreFaults(long seed) {
    this(seed, EnumSet.allOf(StoreFault.class));
  }

  /** No faults yet; only of these kinds when there are. */
  StoreFaults(long seed, Set<StoreFault> kinds) {
    this.random = new SplittableRandom(seed);
    this.kinds = EnumSet.copyOf(kinds);
  }

  /**
   * From now on requests fail with this probability.
   *
   * @param share from 0 to 1
   */
  public synchronized void failing(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("A probability is 0 to 1, not " + share);
    }
    probability = share;
  }

  /** How often each fault was given, by its name. */
  public synchronized Map<String, Long> given() {
    return new TreeMap<>(given);
  }

  /**
   * What happens to a request.
   *
   * @param delay of the faults that take time
   */
  record Met(StoreFault fault, Duration delay) {}

  synchronized Optional<Met> meet(StoreCall call) {
    if (random.nextDouble() >= probability) {
      return Optional.empty();
    }
    List<StoreFault> fitting = kinds.stream().filter(fault -> fault.fits(call)).toList();
    if (fitting.isEmpty()) {
      return Optional.empty();
    }
    StoreFault fault = fitting.get(random.nextInt(fitting.size()));
    given.merge(fault.title(), 1L, Long::sum);
    Duration delay = Duration.ofMillis(random.nextLong(LEAST_MILLIS, MOST_MILLIS));
    return Optional.of(new Met(fault, delay));
  }
}
