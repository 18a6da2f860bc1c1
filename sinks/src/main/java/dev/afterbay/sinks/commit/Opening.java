package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.transforms.change.StreamShard;

/** What came of opening a shard's log. */
public sealed interface Opening {
  /**
   * The log, for whoever can do nothing without it.
   *
   * @param name of the log
   * @param wayOut ends the sentence of the exception
   * @throws LakeException if it was not opened
   */
  default ShardLog orRefuse(StreamShard name, String wayOut) {
    if (this instanceof Opened opened) {
      return opened.log();
    }
    Halted halted = (Halted) this;
    throw new LakeException(
        "The log of "
            + name
            + " cannot be opened ("
            + halted.halt()
            + "): "
            + halted.reason()
            + wayOut);
  }

  /** The log is recovered: everything in it is visible. */
  record Opened(ShardLog log) implements Opening {}

  /** The shard must not start: the log of its parent has not ended, or does not exist. */
  record ParentUnfinished(StreamShard parent) implements Opening {}

  /**
   * The log could not be recovered.
   *
   * @param halt why, in general
   * @param reason why, for people
   */
  record Halted(Halt halt, String reason) implements Opening {}
}
