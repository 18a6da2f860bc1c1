package dev.afterbay.consumer.pipeline;

/** What came of the call to commit. */
public sealed interface Progress {
  /** There was nothing to commit, or it was not time yet. */
  record Waiting() implements Progress {}

  /**
   * A segment is visible.
   *
   * @param lastSequenceNumber of its last record, spelled as the stream spells it
   */
  record Committed(String lastSequenceNumber) implements Progress {}

  /** Another writer holds the shard: what was held is dropped, and what comes is ignored. */
  record Superseded() implements Progress {}
}
