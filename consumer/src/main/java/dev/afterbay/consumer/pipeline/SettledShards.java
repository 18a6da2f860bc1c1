package dev.afterbay.consumer.pipeline;

import dev.afterbay.sinks.commit.ShardStatus;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.TableName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Up to which shard all logs of a stream have ended. A stream makes some thousand shards a year: a
 * worker that starts need not look at the logs of all of them again.
 */
final class SettledShards {
  /** So many shards further, a new note is worth its object. */
  private static final int STRIDE = 20;

  /** A busy table has a note in so many days. */
  private static final Duration RECENT = Duration.ofDays(7);

  private final ObjectStore store;
  private final String prefix;
  private final String rewinds;
  private final Predicate<ShardId> ended;
  private final InstantSource clock;

  /**
   * The notes of one stream.
   *
   * @param ended whether a shard's log has ended, asked of those that were ever rewound
   */
  SettledShards(
      ObjectStore store,
      Lake lake,
      TableName table,
      StreamLabel stream,
      Predicate<ShardId> ended,
      InstantSource clock) {
    this.store = store;
    this.prefix = lake.settled(table, stream);
    this.rewinds = lake.rewinds(table) + stream + "/";
    this.ended = ended;
    this.clock = clock;
  }

  /**
   * The last shard of those that are noted, before any whose log was rewound since and is open;
   * names of newer shards come after it.
   */
  Optional<ShardId> last() {
    Optional<ShardId> reopened = reopened();
    if (reopened.isEmpty()) {
      Optional<ShardId> recent = last(recently(), Optional.empty());
      if (recent.isPresent()) {
        return recent;
      }
    }
    return last("", reopened);
  }

  private Optional<ShardId> last(String after, Optional<ShardId> reopened) {
    try (Stream<StoredObject> notes = store.list(prefix, after)) {
      return notes
          .map(note -> new ShardId(note.key().value().substring(prefix.length())))
          .filter(noted -> reopened.filter(open -> open.compareTo(noted) <= 0).isEmpty())
          .reduce((earlier, later) -> later);
    }
  }

  /**
   * Shards are named by the milliseconds of their beginning, so that the newest notes can be listed
   * without those before. Where they are not, there is nothing after this name, or all of it.
   */
  private String recently() {
    return prefix + "shardId-%020d".formatted(clock.instant().minus(RECENT).toEpochMilli());
  }

  private Optional<ShardId> reopened() {
    try (Stream<StoredObject> notes = store.list(rewinds, "")) {
      return notes
          .map(note -> note.key().value().substring(rewinds.length()))
          .map(name -> new ShardId(name.substring(0, name.indexOf('/'))))
          .distinct()
          .filter(ended.negate())
          .findFirst();
    }
  }

  /**
   * Notes the logs that have ended, all that follow the last one without a hole.
   *
   * @param noted the last one
   * @param logs those after it, in the order of their shards
   * @param listed the shards of the stream: one whose log has not begun is a hole too
   * @param over whether a log has ended or is about to
   */
  void advance(
      Optional<ShardId> noted,
      List<ShardStatus> logs,
      Set<ShardId> listed,
      Predicate<ShardStatus> over) {
    List<ShardId> ended =
        logs.stream().takeWhile(over).map(status -> status.shard().shard()).toList();
    Optional<ShardId> hole =
        listed.stream()
            .filter(shard -> noted.isEmpty() || shard.compareTo(noted.get()) > 0)
            .filter(Predicate.not(Set.copyOf(ended)::contains))
            .min(Comparator.naturalOrder());
    note(
        ended.stream()
            .takeWhile(shard -> hole.isEmpty() || shard.compareTo(hole.get()) < 0)
            .toList());
  }

  private void note(List<ShardId> ended) {
    if (ended.size() >= STRIDE) {
      ShardId last = ended.get(ended.size() - 1);
      store.putIfAbsent(new ObjectKey(prefix + last), "ended\n".getBytes(StandardCharsets.UTF_8));
    }
  }
}
