package dev.afterbay.sinks.tostorage;

/** What a copy came to. */
public enum CopyAnswer {
  /** The copy is there, in place of whatever stood there. */
  COPIED,
  /** There is nothing to copy. */
  NO_SUCH_OBJECT
}
