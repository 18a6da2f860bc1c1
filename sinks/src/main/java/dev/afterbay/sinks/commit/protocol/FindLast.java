package dev.afterbay.sinks.commit.protocol;

import dev.afterbay.sinks.commit.protocol.Observed.Absent;
import dev.afterbay.sinks.commit.protocol.Observed.Present;
import dev.afterbay.sinks.commit.protocol.Observed.Unreadable;
import dev.afterbay.sinks.commit.protocol.Verdict.Halt;
import dev.afterbay.sinks.commit.protocol.Verdict.Halted;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import java.util.Optional;

/**
 * Find the last entry of a log.
 *
 * @param shard whose log
 * @param from the position at or after which the entry stands; earlier ones need not be looked at
 * @param search what it is looked for
 */
public record FindLast(StreamShard shard, SequenceNumber from, Search search) implements Step {
  /** What a last entry is looked for. */
  sealed interface Search {
    /** To go on after it; if there is none, after the parent, if there is one. */
    record Recovery(Optional<ShardId> parent) implements Search {}

    /** To go on after it, having lost to another writer. */
    record Loss() implements Search {}

    /** To start a child after it. */
    record Inheritance() implements Search {}
  }

  /** The first step of opening a log of a shard that continues no other. */
  public static FindLast toRecover(StreamShard shard) {
    return new FindLast(shard, Entry.START, new Search.Recovery(Optional.empty()));
  }

  /** The first step of opening a log of a child. */
  public static FindLast toRecover(StreamShard shard, ShardId parent) {
    return new FindLast(shard, Entry.START, new Search.Recovery(Optional.of(parent)));
  }

  static FindLast afterLosing(Entry ours) {
    return new FindLast(ours.shard(), ours.after(), new Search.Loss());
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
          "The last entry of " + shard + " cannot be read: " + unreadable.why() + "; run fsck");
    }
    return new Halted(
        Halt.UNCERTAIN,
        "The log of " + shard + " cannot be read: " + ((Observed.Unanswered<?>) seen).why());
  }

  private Step found(Entry last) {
    if (search instanceof Search.Recovery) {
      return CompleteFile.firstOf(last, Purpose.RECOVERY);
    }
    if (search instanceof Search.Loss) {
      return CompleteFile.firstOf(last, Purpose.THEIRS);
    }
    return last.ends()
        ? CompleteFile.firstOf(last, Purpose.INHERITANCE)
        : new Verdict.ParentUnfinished(shard);
  }

  private Step none() {
    if (search instanceof Search.Recovery recovery) {
      return recovery
          .parent()
          .<Step>map(parent -> new FindLast(sibling(parent), Entry.START, new Search.Inheritance()))
          .orElseGet(Verdict.Fresh::new);
    }
    if (search instanceof Search.Loss) {
      return new Halted(
          Halt.DAMAGED,
          "The log of " + shard + " had an entry after " + from + " and lost it; run fsck");
    }
    return new Verdict.ParentUnfinished(shard);
  }

  private StreamShard sibling(ShardId id) {
    return new StreamShard(shard.table(), shard.stream(), id);
  }
}
