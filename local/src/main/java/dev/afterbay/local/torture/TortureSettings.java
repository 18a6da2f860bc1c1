package dev.afterbay.local.torture;

import java.time.Duration;
import java.util.Set;

/**
 * How hard it shall be.
 *
 * @param length how long the violence lasts
 * @param seed of the script of acts, the load and the faults
 * @param workers how many processes
 * @param shards how many at the beginning
 * @param perSecond changes
 * @param decoding how records are decoded
 * @param without kinds of acts that are left out
 */
public record TortureSettings(
    Duration length,
    long seed,
    int workers,
    int shards,
    int perSecond,
    Decoding decoding,
    Set<ActKind> without) {
  /** Copies the exceptions. */
  public TortureSettings {
    without = Set.copyOf(without);
  }
}
