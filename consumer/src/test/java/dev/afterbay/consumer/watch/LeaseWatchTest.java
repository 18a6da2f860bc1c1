package dev.afterbay.consumer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.consumer.status.LeaderLock;
import dev.afterbay.consumer.status.Lease;
import dev.afterbay.consumer.status.LeaseRows;
import dev.afterbay.transforms.change.ShardId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class LeaseWatchTest {
  private static final Instant START = Instant.parse("2026-11-21T05:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String FINE = "";

  /** One look at the table, some seconds after the start. */
  private record Look(int second, Sighting sighting) {}

  static Stream<Arguments> courses() {
    return Stream.of(
        course("nothing was looked at", FINE),
        course(
            "all moves",
            FINE,
            look(0, table(leader("a", 1), lease("1", "a", 1))),
            look(60, table(leader("a", 2), lease("1", "a", 2))),
            look(120, table(leader("a", 3), lease("1", "a", 3)))),

        // Leases.
        course(
            "a lease stands still for the patience",
            FINE,
            look(0, table(leader("me", 1), lease("1", "a", 1))),
            look(60, table(leader("me", 2), lease("1", "a", 1)))),
        course(
            "a lease stands still for longer, and this worker leads",
            "Shard shardId-1 in the lease table shop-Orders, held by worker a, was not renewed for"
                + " 61 s",
            look(0, table(leader("me", 1), lease("1", "a", 1))),
            look(61, table(leader("me", 2), lease("1", "a", 1)))),
        course(
            "a lease stands still for longer, and another worker leads, who gives up first",
            FINE,
            look(0, table(leader("a", 1), lease("1", "a", 1))),
            look(120, table(leader("a", 2), lease("1", "a", 1)))),
        course(
            "that did not help",
            "Shard shardId-1 in the lease table shop-Orders, held by worker a, was not renewed for"
                + " 121 s",
            look(0, table(leader("a", 1), lease("1", "a", 1))),
            look(121, table(leader("a", 2), lease("1", "a", 1)))),
        course(
            "a lease has no owner",
            "Shard shardId-1 in the lease table shop-Orders had no owner for 61 s",
            look(0, table(leader("me", 1), free("1"))),
            look(61, table(leader("me", 2), free("1")))),
        course(
            "a lease goes to another worker",
            FINE,
            look(0, table(leader("me", 1), lease("1", "a", 1))),
            look(50, table(leader("me", 2), lease("1", "b", 2))),
            look(60, table(leader("me", 3), lease("1", "b", 5))),
            look(118, table(leader("me", 4), lease("1", "b", 5)))),
        course(
            "a lease goes from worker to worker, and none of them takes it up",
            "Shard shardId-1 in the lease table shop-Orders, held by worker c, was not renewed for"
                + " 70 s",
            look(0, table(leader("me", 1), lease("1", "a", 1))),
            look(30, table(leader("me", 2), lease("1", "b", 2))),
            look(40, table(leader("me", 3), lease("1", "a", 3))),
            look(70, table(leader("me", 4), lease("1", "c", 4)))),
        course(
            "several leases stand still",
            "Shard shardId-1 in the lease table shop-Orders had no owner for 61 s, and so it is with"
                + " 2 more",
            look(0, table(leader("me", 1), free("1"), free("2"), lease("3", "a", 1))),
            look(61, table(leader("me", 2), free("1"), free("2"), lease("3", "a", 1)))),
        course(
            "a shard was read to its end",
            FINE,
            look(0, table(leader("me", 1), ended("1"))),
            look(61, table(leader("me", 2), ended("1")))),
        course(
            "a lease that stood still was deleted",
            FINE,
            look(0, table(leader("me", 1), free("1"))),
            look(61, table(leader("me", 2)))),
        course(
            "a child waits for its parent",
            FINE,
            look(0, table(leader("me", 1), lease("1", "a", 1), child("2", "1"))),
            look(61, table(leader("me", 2), lease("1", "a", 2), child("2", "1")))),
        course(
            "a child's parent has ended just now",
            FINE,
            look(0, table(leader("me", 1), lease("1", "a", 1), child("2", "1"))),
            look(61, table(leader("me", 2), ended("1"), child("2", "1")))),
        course(
            "a child's parent ended long ago",
            "Shard shardId-2 in the lease table shop-Orders had no owner for 61 s",
            look(0, table(leader("me", 1), ended("1"), child("2", "1"))),
            look(61, table(leader("me", 2), ended("1"), child("2", "1")))),
        course(
            "a child's parent is forgotten",
            "Shard shardId-2 in the lease table shop-Orders had no owner for 61 s",
            look(0, table(leader("me", 1), child("2", "1"))),
            look(61, table(leader("me", 2), child("2", "1")))),

        // The leader.
        course(
            "the leader's lock stands still",
            "The leader's lock in the lease table shop-Orders, held by worker a, was not renewed for"
                + " 61 s, and nobody took it over",
            look(0, table(leader("a", 1), lease("1", "a", 1))),
            look(61, table(leader("a", 1), lease("1", "a", 2)))),
        course(
            "nobody leads",
            "Nobody took the leader's lock in the lease table shop-Orders for 61 s",
            look(61, table(nobody(), lease("1", "a", 1)))),
        course(
            "nobody leads for a while",
            FINE,
            look(0, table(leader("a", 1))),
            look(50, table(nobody())),
            look(110, table(nobody()))),
        course(
            "the lock changes hands",
            FINE,
            look(0, table(leader("a", 1))),
            look(59, table(leader("b", 1))),
            look(118, table(leader("b", 1)))),

        // The table.
        course("there is no table yet", FINE, look(0, new Sighting.NoTable())),
        course(
            "there is no table for too long",
            "There was no lease table shop-Orders for 61 s",
            look(30, new Sighting.NoTable()),
            look(61, new Sighting.NoTable())),
        course(
            "the table is gone",
            "The lease table shop-Orders is gone; the next start makes a new one and goes on from"
                + " the commit log",
            look(0, table(leader("a", 1))),
            look(10, new Sighting.NoTable())),
        course(
            "the table does not answer for a while",
            FINE,
            look(0, table(leader("a", 1))),
            look(60, new Sighting.NoAnswer("No answer in time from DynamoDB"))),
        course(
            "the table does not answer for too long",
            "The lease table shop-Orders could not be read for 61 s: No answer in time from DynamoDB",
            look(0, table(leader("a", 1))),
            look(61, new Sighting.NoAnswer("No answer in time from DynamoDB"))),
        course(
            "the table answers again, and what moved meanwhile is well",
            FINE,
            look(0, table(leader("me", 1), lease("1", "a", 1))),
            look(50, new Sighting.NoAnswer("No answer in time from DynamoDB")),
            look(100, table(leader("me", 2), lease("1", "a", 2)))),
        course(
            "what is not seen is not judged",
            FINE,
            look(0, table(leader("me", 1), lease("1", "a", 1))),
            look(59, new Sighting.NoAnswer("No answer in time from DynamoDB"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("courses")
  void whatStandsStillForTooLongIsNamed(String course, List<Look> looks, String trouble) {
    LeaseWatch watch = LeaseWatch.begin("shop-Orders", "me", PATIENCE, START);

    for (Look look : looks) {
      watch = watch.after(START.plusSeconds(look.second()), look.sighting());
    }

    assertThat(watch.trouble().orElse(FINE))
        .as(course)
        .isEqualTo(trouble.isEmpty() ? FINE : trouble + ".");
  }

  private static Arguments course(String name, String trouble, Look... looks) {
    return Arguments.of(name, List.of(looks), trouble);
  }

  private static Look look(int second, Sighting sighting) {
    return new Look(second, sighting);
  }

  private static Sighting table(Optional<LeaderLock> leader, Lease... leases) {
    return new Sighting.Seen(new LeaseRows(List.of(leases), leader));
  }

  private static Optional<LeaderLock> leader(String owner, int version) {
    return Optional.of(new LeaderLock(owner, "version-" + version));
  }

  private static Optional<LeaderLock> nobody() {
    return Optional.empty();
  }

  private static Lease lease(String shard, String owner, int counter) {
    return lease(shard, Optional.of(owner), "TRIM_HORIZON", counter);
  }

  private static Lease free(String shard) {
    return lease(shard, Optional.empty(), "TRIM_HORIZON", 1);
  }

  private static Lease ended(String shard) {
    return lease(shard, Optional.empty(), "SHARD_END", 1);
  }

  private static Lease child(String shard, String parent) {
    return new Lease(
        new ShardId("shardId-" + shard),
        Optional.empty(),
        "TRIM_HORIZON",
        Set.of(new ShardId("shardId-" + parent)),
        "1");
  }

  private static Lease lease(String shard, Optional<String> owner, String checkpoint, int counter) {
    return new Lease(
        new ShardId("shardId-" + shard), owner, checkpoint, Set.of(), Integer.toString(counter));
  }
}
