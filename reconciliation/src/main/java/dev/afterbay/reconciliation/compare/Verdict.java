package dev.afterbay.reconciliation.compare;

import java.util.Locale;

/** How lake and source differ in one key. */
public enum Verdict {
  /** The source has the item, the lake has not. */
  MISSING,
  /** Both have the item, with different content. */
  STALE,
  /** The lake has the item, the source has not. */
  PHANTOM;

  /** As it stands in the table of audits. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The verdict of a text.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Verdict of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
