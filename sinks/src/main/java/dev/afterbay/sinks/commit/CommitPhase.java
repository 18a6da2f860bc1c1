package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.protocol.DropUpload;
import dev.afterbay.sinks.commit.protocol.FindLast;
import dev.afterbay.sinks.commit.protocol.PutEntry;
import dev.afterbay.sinks.commit.protocol.ReadEntry;
import dev.afterbay.sinks.commit.protocol.Step;

/** What a commit is at. */
public enum CommitPhase {
  /** The segment's files are uploaded, invisible. */
  STAGE,
  /** The entry is put, or looked for if it is not known what became of it. */
  PUT_ENTRY,
  /** Another writer's entry stands there: our uploads are dropped. */
  GIVE_WAY,
  /** The files of the entry that stands there are made visible. */
  PUBLISH;

  /** The phase that a step of the protocol belongs to. */
  static CommitPhase of(Step step) {
    if (step instanceof PutEntry || step instanceof ReadEntry) {
      return PUT_ENTRY;
    }
    return step instanceof DropUpload || step instanceof FindLast ? GIVE_WAY : PUBLISH;
  }
}
