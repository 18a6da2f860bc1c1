package dev.afterbay.sinks.commit.protocol;

import dev.afterbay.sinks.commit.protocol.Observed.Absent;
import dev.afterbay.sinks.commit.protocol.Observed.Present;
import dev.afterbay.sinks.commit.protocol.Observed.Unreadable;
import dev.afterbay.sinks.commit.protocol.Verdict.Halt;
import dev.afterbay.sinks.commit.protocol.Verdict.Halted;
import dev.afterbay.sinks.segment.Lake.CommitPlace;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import java.util.Optional;

/**
 * Find the last entry of a log.
 *
 * @param from the place at or after which the entry stands; earlier ones need not be looked at
 * @param search what it is looked for
 */
public record FindLast(CommitPlace from, Search search) implements Step {
  /** What a last entry is looked for. */
  sealed interface Search {
    /** To go on after it; if there is none, after the parent, if there is one. */
    record Recovery(Optional<ShardId> parent) implements Search {}

    /** To go on after it, having lost to another writer. */
    record Loss() implements Search {}

    /** To start a child after it. */
    record Inheritance() implements Search {}

    /**
     * To tell why a committed file is not there: the log may have been rewound.
     *
     * @param otherwise what it means if it was not
     * @param reason what was seen
     */
    record Explanation(Halt otherwise, String reason) implements Search {}
  }

  /** The first step of opening a log of a shard that continues no other. */
  public static FindLast toRecover(StreamShard shard) {
    return new FindLast(beginning(shard), new Search.Recovery(Optional.empty()));
  }

  /** The first step of opening a log of a child. */
  public static FindLast toRecover(StreamShard shard, ShardId parent) {
    return new FindLast(beginning(shard), new Search.Recovery(Optional.of(parent)));
  }

  /** The first step of starting a shard over that continues another one. */
  public static FindLast toInherit(StreamShard parent) {
    return new FindLast(beginning(parent), new Search.Inheritance());
  }

  /** The shard. */
  public StreamShard shard() {
    return from.shard();
  }

  static FindLast toExplain(Entry entry, Halt otherwise, String reason) {
    return new FindLast(entry.place(), new Search.Explanation(otherwise, reason));
  }

  static FindLast afterLosing(Entry ours) {
    return new FindLast(ours.place(), new Search.Loss());
  }

  /** The step that follows. */
  public Step on(Observed<Entry> seen) {
    if (seen instanceof Present<Entry> present) {
      return found(present.value());
    }
    if (seen instanceof Absent<Entry>) {
      return none();
    }
    if (seen instanceof Unreadable<Entry> unreadable) {
      return new Halted(
          Halt.DAMAGED,
          "The last entry of " + shard() + " cannot be read: " + unreadable.why() + "; run fsck");
    }
    return new Halted(
        Halt.UNCERTAIN,
        "The log of " + shard() + " cannot be read: " + ((Observed.Unanswered<?>) seen).why());
  }

  private Step found(Entry last) {
    if (search instanceof Search.Recovery) {
      return CompleteFile.firstOf(last, Purpose.RECOVERY);
    }
    if (search instanceof Search.Loss) {
      return isRewound(last) ? rewound() : CompleteFile.firstOf(last, Purpose.THEIRS);
    }
    if (search instanceof Search.Explanation explanation) {
      return isRewound(last) ? rewound() : unexplained(explanation);
    }
    return last.ends()
        ? CompleteFile.firstOf(last, Purpose.INHERITANCE)
        : new Verdict.ParentUnfinished(shard());
  }

  private boolean isRewound(Entry last) {
    return last.nextEpoch() > from.epoch();
  }

  private Halted rewound() {
    return new Halted(
        Halt.REWOUND,
        "The log of "
            + shard()
            + " was rewound meanwhile: what was read after that is read again by whoever opens it");
  }

  private static Halted unexplained(Search.Explanation explanation) {
    return new Halted(explanation.otherwise(), explanation.reason());
  }

  private Step none() {
    if (search instanceof Search.Recovery recovery) {
      return recovery
          .parent()
          .<Step>map(parent -> toInherit(sibling(parent)))
          .orElseGet(Verdict.Fresh::new);
    }
    if (search instanceof Search.Loss) {
      return new Halted(
          Halt.DAMAGED,
          "The log of "
              + shard()
              + " had an entry after "
              + from.after()
              + " and lost it; run fsck");
    }
    if (search instanceof Search.Explanation explanation) {
      return unexplained(explanation);
    }
    return new Verdict.ParentUnfinished(shard());
  }

  private static CommitPlace beginning(StreamShard shard) {
    return new CommitPlace(shard, 0, Entry.START);
  }

  private StreamShard sibling(ShardId id) {
    return new StreamShard(shard().table(), shard().stream(), id);
  }
}
