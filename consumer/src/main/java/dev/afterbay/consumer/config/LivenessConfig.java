package dev.afterbay.consumer.config;

import java.time.Duration;

/**
 * When a worker that makes no progress is given up.
 *
 * @param patience how long nothing may move before the process ends itself, to be started again
 */
public record LivenessConfig(Duration patience) {
  /** Five minutes. */
  public static final LivenessConfig DEFAULT = new LivenessConfig(Duration.ofMinutes(5));
}
