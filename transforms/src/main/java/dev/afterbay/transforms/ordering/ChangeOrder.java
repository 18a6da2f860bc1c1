package dev.afterbay.transforms.ordering;

import dev.afterbay.transforms.change.ChangeColumn;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamLabel;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The order of two versions of one key, defined here and nowhere else.
 *
 * <p>A later incarnation of the stream wins; within one, the later sequence number. Timestamps do
 * not count between rows of the stream: they are too coarse, and may step back. All columns are
 * never null, and the texts hold ASCII of a form whose text order is the order meant, so that every
 * engine's ORDER BY agrees with Java.
 *
 * <p>Rows that no stream record stands behind bear the place that they belong to. What {@link
 * dev.afterbay.transforms.change.Origin#HEAL} tells bears the last sequence number within its gap,
 * which no record that was read has: it comes after every record before the gap, and before every
 * one after it. What {@link dev.afterbay.transforms.change.Origin#REPAIR} tells bears that of the
 * version that it corrects, and a later time: only among rows of one place the time decides. A row
 * of a snapshot bears {@link StreamLabel#NONE}, which is before everything.
 */
public final class ChangeOrder {
  private static final List<Term> TERMS =
      List.of(
          new Term(ChangeColumn.CDC_STREAM, Comparator.comparing(Place::stream)),
          new Term(
              ChangeColumn.CDC_SEQ, Comparator.comparing(place -> place.sequenceNumber().padded())),
          new Term(ChangeColumn.CDC_TIME, Comparator.comparing(Place::time)));

  private static final Comparator<Place> OLDEST_FIRST =
      TERMS.stream().map(Term::order).reduce(Comparator::thenComparing).orElseThrow();

  private ChangeOrder() {}

  /**
   * Where a version stands.
   *
   * @param stream the incarnation of the table's stream
   * @param sequenceNumber the position in it
   * @param time the row's {@code cdc_time}
   */
  public record Place(StreamLabel stream, SequenceNumber sequenceNumber, Instant time) {}

  /** Orders the versions of one key from the oldest to the newest. */
  public static Comparator<Place> oldestFirst() {
    return OLDEST_FIRST;
  }

  /**
   * The same order as the terms of an ORDER BY, oldest first: {@code cdc_stream ASC, cdc_seq ASC,
   * cdc_time ASC}.
   */
  public static String sqlOrderBy() {
    return sql("ASC");
  }

  /** The terms of an ORDER BY that puts the newest version first. */
  public static String sqlOrderByNewestFirst() {
    return sql("DESC");
  }

  /** The condition of SQL that a version of one table is newer than one of another. */
  public static String sqlIsNewer(String table, String than) {
    return place(table) + " > " + place(than);
  }

  private static String place(String table) {
    return TERMS.stream()
        .map(term -> table + "." + term.column.columnName())
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String sql(String direction) {
    return TERMS.stream()
        .map(term -> term.column.columnName() + " " + direction)
        .collect(Collectors.joining(", "));
  }

  private record Term(ChangeColumn column, Comparator<Place> order) {}
}
