package dev.afterbay.local.torture;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * An endless list of acts; the same seed and the same exceptions give the same acts.
 *
 * <p>Ordinary acts are drawn by their weights. A rare one comes when its time has come, and for the
 * first time early, so that a short torture has it too.
 */
final class Script {
  private static final Duration LEAST_PAUSE = Duration.ofMillis(3_500);
  private static final Duration MOST_PAUSE = Duration.ofMillis(5_000);
  private static final double EARLY = 0.25;

  private final SplittableRandom random;
  private final List<ActKind> ordinary;
  private final Map<ActKind, Duration> due = new EnumMap<>(ActKind.class);
  private Duration now = Duration.ZERO;

  Script(long seed, Set<ActKind> without) {
    this.random = new SplittableRandom(seed);
    this.ordinary = allowed(without).stream().filter(kind -> !kind.rare()).toList();
    for (ActKind kind : ActKind.values()) {
      // Drawn for the forbidden ones too, so that the others come at the same times.
      Duration first = between(kind, EARLY);
      if (kind.rare() && !without.contains(kind)) {
        due.put(kind, first);
      }
    }
    if (ordinary.isEmpty()) {
      throw new IllegalArgumentException("Nothing is left to be done");
    }
  }

  Act next() {
    Duration pause =
        LEAST_PAUSE.plusMillis(random.nextLong(MOST_PAUSE.minus(LEAST_PAUSE).toMillis()));
    now = now.plus(pause);
    return new Act(kind(), pause, random.nextDouble(), random.nextDouble());
  }

  private ActKind kind() {
    for (Map.Entry<ActKind, Duration> rare : due.entrySet()) {
      if (rare.getValue().compareTo(now) <= 0) {
        rare.setValue(now.plus(between(rare.getKey(), 1)));
        return rare.getKey();
      }
    }
    int drawn = random.nextInt(ordinary.stream().mapToInt(ActKind::weight).sum());
    for (ActKind kind : ordinary) {
      drawn -= kind.weight();
      if (drawn < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("The weights do not add up");
  }

  private Duration between(ActKind kind, double share) {
    double seconds =
        kind.leastSeconds() + random.nextDouble() * (kind.mostSeconds() - kind.leastSeconds());
    return Duration.ofMillis((long) (1_000 * share * seconds));
  }

  private static List<ActKind> allowed(Set<ActKind> without) {
    return Arrays.stream(ActKind.values()).filter(kind -> !without.contains(kind)).toList();
  }
}
