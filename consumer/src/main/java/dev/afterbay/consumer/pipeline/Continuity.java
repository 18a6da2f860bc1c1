package dev.afterbay.consumer.pipeline;

import dev.afterbay.transforms.change.SequenceNumber;

/**
 * Tells where the records that a reader of a shard delivers do not follow from each other, because
 * the stream did not have what came in between. Safe for many threads.
 */
public interface Continuity {
  /** A reader that misses nothing. */
  Continuity UNBROKEN =
      new Continuity() {
        @Override
        public boolean brokenBefore(SequenceNumber record) {
          return false;
        }

        @Override
        public End end() {
          return End.WHOLE;
        }
      };

  /**
   * Whether records may be missing between this one and those that were delivered before it, or, if
   * it is the first one, that the log has.
   */
  boolean brokenBefore(SequenceNumber record);

  /** How the reading ended; asked when the reader says that there is nothing more in the shard. */
  End end();

  /** How the reading of a shard ended. */
  enum End {
    /** The last record of the shard was delivered. */
    WHOLE,
    /** Records were trimmed, and none came after them. */
    TRIMMED,
    /** The stream does not know the shard any more. */
    VANISHED,
    /** The stream denied the shard and knows it again: it must be read on from the log. */
    DENIED
  }
}
