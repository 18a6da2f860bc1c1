package dev.afterbay.local.torture.verdict;

import java.util.List;

/**
 * What the count came to.
 *
 * @param written records of the stream
 * @param rows in the lake, those set aside raw included
 * @param lost records that are neither in the lake nor in a gap
 * @param doubled rows beyond the first of a record
 * @param strange rows of records that never were, or with another key or operation
 * @param damaged rows whose images are not those of the record
 * @param outOfOrder rows behind a later one of their key in a file, or with a time before that of
 *     the record before
 * @param untyped rows of the changes without exactly one row in the typed table, and rows of that
 *     without one of the changes
 * @param missing records that are not in the lake because a gap says so
 * @param gaps that the lake admits
 * @param trims that were done to the stream
 * @param wrongGaps gaps that no trim explains, that cover rows of the lake or nothing at all, and
 *     trims without a gap
 * @param examples some of what is wrong, in sentences
 */
public record Verdict(
    long written,
    long rows,
    long lost,
    long doubled,
    long strange,
    long damaged,
    long outOfOrder,
    long untyped,
    long missing,
    long gaps,
    long trims,
    long wrongGaps,
    List<String> examples) {
  /** Copies the examples. */
  public Verdict {
    examples = List.copyOf(examples);
  }

  /** Whether every record is there once, whole and in order, but for what was trimmed. */
  public boolean holds() {
    return lost == 0
        && doubled == 0
        && strange == 0
        && damaged == 0
        && outOfOrder == 0
        && untyped == 0
        && wrongGaps == 0
        && gaps == trims;
  }
}
