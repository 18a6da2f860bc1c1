package dev.afterbay.local.torture;

import java.time.Duration;
import java.util.List;

/**
 * One act of violence.
 *
 * @param pause since the act before
 * @param pick from 0 to below 1: whom it strikes
 * @param force from 0 to below 1: how hard
 */
record Act(ActKind kind, Duration pause, double pick, double force) {
  /** The one that is struck. */
  <T> T among(List<T> candidates) {
    return candidates.get((int) (pick * candidates.size()));
  }

  /** A length of time between two, by the act's force. */
  Duration between(Duration least, Duration most) {
    return least.plusMillis((long) (force * most.minus(least).toMillis()));
  }
}
