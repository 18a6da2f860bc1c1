package dev.afterbay.transforms.change;

/** What happened to an item; the stream record's {@code eventName}. */
public enum Operation {
  /** The item did not exist before. */
  INSERT,
  /** The item existed and at least one attribute changed. */
  MODIFY,
  /** The item was deleted, by a client or by TTL. */
  REMOVE
}
