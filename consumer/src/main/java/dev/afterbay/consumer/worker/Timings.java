package dev.afterbay.consumer.worker;

import dev.afterbay.consumer.aws.Patience;
import java.time.Duration;

/** How often KCL looks, and how long it waits; the reasons stand in {@code docs/decisions.md}. */
final class Timings {
  /** A lease that was not renewed for so long may be taken by another worker. */
  static final Duration FAILOVER = Duration.ofSeconds(8);

  /** The leader, who assigns leases, is replaced after so long without a sign of life. */
  static final Duration LEADER_LEASE = Duration.ofSeconds(5);

  static final Duration LEADER_HEARTBEAT = Duration.ofSeconds(1);

  /** How often the leader assigns leases. */
  static final Duration LEASE_ASSIGNMENT = Duration.ofMillis(500);

  /**
   * How often a worker says that it lives; the leader assigns nothing to one silent for twice that.
   */
  static final Duration WORKER_REPORT = Duration.ofMillis(2500);

  /** When a new worker says so first; nothing is assigned to it before. */
  static final Duration FIRST_REPORT = Duration.ofMillis(400);

  /** How often a child shard looks whether its parent has ended. */
  static final Duration PARENT_POLL = Duration.ofSeconds(1);

  /** How often shards are driven on. */
  static final Duration DISPATCH = Duration.ofMillis(100);

  /** Wait after a page that was nearly full: none, there is more to read. */
  static final Duration AFTER_FULL_PAGE = Duration.ZERO;

  /** Wait after a page with some records. */
  static final Duration AFTER_RECORDS = Duration.ofMillis(250);

  /** Wait after an empty page; what an idle shard rests beyond that is {@link IdleShard}'s. */
  static final Duration AFTER_NOTHING = Duration.ofSeconds(1);

  /** KCL's own limits, a net beneath those of the SDK: they end the waiting, not the call. */
  static final Duration LEASE_CALL = Patience.LEASE.call().plusSeconds(1);

  static final Duration POLL_CALL = Patience.POLL.call().plusSeconds(5);

  /** How long a stopping worker may take to commit what it holds. */
  static final Duration GRACEFUL_STOP = Duration.ofSeconds(22);

  /** How long KCL may take to end once nothing is held any more; then it is ended for it. */
  static final Duration REST_OF_STOP = Duration.ofSeconds(5);

  /** How long a stopping worker may then take to free its leases. */
  static final Duration FAREWELL = Duration.ofSeconds(3);

  private Timings() {}
}
