package dev.afterbay.sinks.commit.protocol;

import dev.afterbay.transforms.change.StreamShard;

/** A step that asks for nothing: how the protocol ended. */
public sealed interface Verdict extends Step {
  /** Our entry is in the log and its files are visible. */
  record Committed(Entry entry) implements Verdict {}

  /**
   * Another writer committed after the same position. Its files are visible, our uploads are
   * dropped.
   *
   * @param last the last entry of the log, from which to go on
   */
  record Superseded(Entry last) implements Verdict {}

  /** The shard's log ends with this entry, whose files are visible. */
  record Recovered(Entry last) implements Verdict {}

  /**
   * The shard has no log yet and continues its parent.
   *
   * @param parentEnd the last entry of the parent's log
   */
  record Inherited(Entry parentEnd) implements Verdict {}

  /** The shard has no log yet and continues no other. */
  record Fresh() implements Verdict {}

  /** The shard has no log yet and must not start: its parent's log has not ended. */
  record ParentUnfinished(StreamShard parent) implements Verdict {}

  /** What happened cannot be told, or must not be: nothing was deleted. */
  record Halted(Halt halt, String reason) implements Verdict {}

  /** Why the protocol halted. */
  enum Halt {
    /** The store gave no answer. Opening the log again tells what happened. */
    UNCERTAIN,
    /** The log was taken back, or is about to be. Opening it again, some time later, goes on. */
    REWOUND,
    /** The store holds what the protocol never leaves behind. A person must look. */
    DAMAGED
  }
}
