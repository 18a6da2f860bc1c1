package dev.afterbay.local.torture;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A kind of violence, with how often it is chosen. */
public enum ActKind {
  /** {@code kill -9}; the worker comes back under its id, at once or after a while. */
  KILL(30),
  /** {@code kill -9}; another worker comes in its place, under a new id. */
  REPLACE(6),
  /** A stop for a moment, in which no lease runs out. */
  PAUSE(26),
  /** A stop that outlasts the worker's leases. */
  LONG_PAUSE(18),
  /** SIGTERM; the worker comes back under its id. */
  TERMINATE(5),
  /** A lease is written over to another worker, or to one that does not exist. */
  STEAL_LEASE(7),
  /** A checkpoint is set back to the oldest record; its owner is killed, so that it is read. */
  CHECKPOINT_BACK(4),
  /** A checkpoint is set to the newest record; its owner is killed, so that it is read. */
  CHECKPOINT_AHEAD(4),
  /** A shard splits in two. */
  SPLIT(2),
  /** A shard ends and has a child. */
  ROLL(3),
  /** The stream throttles, fails, is slow and falls silent for a while. */
  STREAM_FAULTS(6),
  /** The store refuses, fails, is slow and loses answers for a while, up to all of them. */
  STORE_FAULTS(7),
  /** Several times the load for a while. */
  BURST(4),
  /** Records are trimmed that nobody has read; the fleet is killed for it. */
  TRIM(60, 90),
  /** The lease table is deleted under the fleet, which is then started anew. */
  DROP_LEASES(120, 180),
  /** Every shard ends and has a child. */
  ROLL_ALL(200, 300);

  private final int weight;
  private final int leastSeconds;
  private final int mostSeconds;

  ActKind(int weight) {
    this.weight = weight;
    this.leastSeconds = 0;
    this.mostSeconds = 0;
  }

  ActKind(int leastSeconds, int mostSeconds) {
    this.weight = 0;
    this.leastSeconds = leastSeconds;
    this.mostSeconds = mostSeconds;
  }

  /** How many of the ordinary acts are of this kind, relative to the others. */
  int weight() {
    return weight;
  }

  /** Whether it has times of its own instead of a weight. */
  boolean rare() {
    return mostSeconds > 0;
  }

  int leastSeconds() {
    return leastSeconds;
  }

  int mostSeconds() {
    return mostSeconds;
  }

  /** How the command line and the report spell it. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind of that spelling. */
  public static Optional<ActKind> titled(String title) {
    return Arrays.stream(values()).filter(kind -> kind.title().equals(title)).findFirst();
  }
}
