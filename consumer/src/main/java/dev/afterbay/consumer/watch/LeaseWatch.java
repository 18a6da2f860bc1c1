package dev.afterbay.consumer.watch;

import dev.afterbay.consumer.status.LeaderLock;
import dev.afterbay.consumer.status.Lease;
import dev.afterbay.consumer.status.LeaseRows;
import dev.afterbay.transforms.change.ShardId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one worker makes of a lease table that it looks at again and again: whether something in it
 * stands still for longer than the patience. Without clock and I/O; each look makes a new one.
 *
 * <p>It is the leader who assigns leases. So a lease that nobody holds or renews makes the leader
 * give up first; the others follow after twice the patience, if its restart did not help.
 *
 * @param table the lease table
 * @param worker who watches
 * @param patience how long nothing may move
 * @param at the last look
 * @param answered the last look that got an answer, of whatever kind
 * @param silence why the last look got none
 * @param exists whether there is such a table
 * @param leader who leads, as of the last answer
 * @param shards the shards to be read, in the order of their names, as of the last answer
 */
record LeaseWatch(
    String table,
    String worker,
    Duration patience,
    Instant at,
    Instant answered,
    Optional<String> silence,
    Still<Existence> exists,
    Still<Optional<LeaderLock>> leader,
    Map<ShardId, Still<Hold>> shards) {
  /** Copies the shards. */
  LeaseWatch {
    shards = new TreeMap<>(shards);
  }

  /** Whether there is a lease table; one that was seen before and is gone does not come back. */
  enum Existence {
    NOT_YET,
    THERE,
    GONE
  }

  /**
   * Who holds a shard that can be read, or may wait for its parents.
   *
   * @param counter changes with each sign of life of the owner, and with the owner
   * @param ready whether its parents were read to their ends
   */
  record Hold(Optional<String> owner, String counter, boolean ready) {
    /**
     * Whether it could not be read before, or its owner has given a sign of life since. That
     * another worker was given the lease is none: nobody may ever take it up.
     */
    boolean servedSince(Hold before) {
      return ready != before.ready
          || (owner.equals(before.owner) && !counter.equals(before.counter));
    }
  }

  /** A watch that has not seen anything yet. */
  static LeaseWatch begin(String table, String worker, Duration patience, Instant now) {
    return new LeaseWatch(
        table,
        worker,
        patience,
        now,
        now,
        Optional.empty(),
        new Still<>(Existence.NOT_YET, now),
        new Still<>(Optional.empty(), now),
        Map.of());
  }

  /** The watch after one more look. */
  LeaseWatch after(Instant now, Sighting sighting) {
    if (sighting instanceof Sighting.NoAnswer none) {
      return new LeaseWatch(
          table, worker, patience, now, answered, Optional.of(none.why()), exists, leader, shards);
    }
    if (sighting instanceof Sighting.Seen seen) {
      return new LeaseWatch(
          table,
          worker,
          patience,
          now,
          now,
          Optional.empty(),
          exists.at(now, Existence.THERE),
          leader.at(now, seen.rows().leader()),
          holds(now, seen.rows()));
    }
    Existence existence = exists.value() == Existence.NOT_YET ? Existence.NOT_YET : Existence.GONE;
    return new LeaseWatch(
        table,
        worker,
        patience,
        now,
        now,
        Optional.empty(),
        exists.at(now, existence),
        leader,
        shards);
  }

  private Map<ShardId, Still<Hold>> holds(Instant now, LeaseRows rows) {
    Set<ShardId> unfinished =
        rows.leases().stream()
            .filter(lease -> !lease.ended())
            .map(Lease::shard)
            .collect(Collectors.toSet());
    Map<ShardId, Still<Hold>> holds = new HashMap<>();
    for (Lease lease : rows.leases()) {
      if (!lease.ended()) {
        boolean ready = lease.parents().stream().noneMatch(unfinished::contains);
        Hold hold = new Hold(lease.owner(), lease.counter(), ready);
        Still<Hold> before = shards.get(lease.shard());
        holds.put(
            lease.shard(),
            before == null || hold.servedSince(before.value())
                ? new Still<>(hold, now)
                : new Still<>(hold, before.since()));
      }
    }
    return holds;
  }

  /** What has stood still for too long, in a sentence. */
  Optional<String> trouble() {
    return unreadable()
        .or(this::missing)
        .or(this::leaderless)
        .or(this::unheld)
        .map(sentence -> sentence + ".");
  }

  private Optional<String> unreadable() {
    Duration unanswered = Duration.between(answered, at);
    return silence
        .filter(why -> unanswered.compareTo(patience) > 0)
        .map(
            why ->
                "The lease table %s could not be read for %s: %s"
                    .formatted(table, words(unanswered), why));
  }

  private Optional<String> missing() {
    return switch (exists.value()) {
      case THERE -> Optional.empty();
      case GONE ->
          Optional.of(
              "The lease table %s is gone; the next start makes a new one and goes on from the"
                      .formatted(table)
                  + " commit log");
      case NOT_YET ->
          exists.longerThan(patience, at)
              ? Optional.of(
                  "There was no lease table %s for %s".formatted(table, words(exists.age(at))))
              : Optional.empty();
    };
  }

  private Optional<String> leaderless() {
    if (!leader.longerThan(patience, at)) {
      return Optional.empty();
    }
    String age = words(leader.age(at));
    return Optional.of(
        leader
            .value()
            .map(
                lock ->
                    "The leader's lock in the lease table %s, held by worker %s, was not renewed for %s, and nobody took it over"
                        .formatted(table, lock.owner(), age))
            .orElse(
                "Nobody took the leader's lock in the lease table %s for %s"
                    .formatted(table, age)));
  }

  private Optional<String> unheld() {
    boolean leading = leader.value().filter(lock -> lock.owner().equals(worker)).isPresent();
    Duration limit = leading ? patience : patience.multipliedBy(2);
    List<String> troubles =
        shards.entrySet().stream()
            .filter(shard -> shard.getValue().value().ready())
            .filter(shard -> shard.getValue().longerThan(limit, at))
            .map(shard -> unheld(shard.getKey(), shard.getValue()))
            .toList();
    return troubles.stream()
        .findFirst()
        .map(
            first ->
                troubles.size() == 1
                    ? first
                    : first + ", and so it is with " + (troubles.size() - 1) + " more");
  }

  private String unheld(ShardId shard, Still<Hold> hold) {
    String age = words(hold.age(at));
    return hold.value()
        .owner()
        .map(
            owner ->
                "Shard %s in the lease table %s, held by worker %s, was not renewed for %s"
                    .formatted(shard, table, owner, age))
        .orElse("Shard %s in the lease table %s had no owner for %s".formatted(shard, table, age));
  }

  private static String words(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
