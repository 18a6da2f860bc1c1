package dev.afterbay.consumer.mending;

import dev.afterbay.sinks.tostorage.ObjectKey;

/** What became of a file that was missing or damaged. */
public sealed interface Mended {
  /** The file. */
  ObjectKey key();

  /**
   * It is there again, with the same rows.
   *
   * @param from where they were
   */
  record Restored(ObjectKey key, Source from) implements Mended {}

  /**
   * It is as it was.
   *
   * @param why in a sentence
   */
  record Lost(ObjectKey key, String why) implements Mended {}

  /** Where rows can be had once more. */
  enum Source {
    /** The stream still had the records. */
    STREAM,
    /** The raw changes of the same commit. */
    CHANGES
  }
}
