package dev.afterbay.transforms.ordering;

import dev.afterbay.transforms.change.ChangeColumn;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamLabel;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The order of two versions of one key, defined here and nowhere else.
 *
 * <p>A later incarnation of the stream wins; within one, the later sequence number. Timestamps do
 * not count: they are too coarse, and may step back. Both columns are never null and hold ASCII of
 * a form whose text order is the order meant, so that every engine's ORDER BY agrees with Java.
 */
public final class ChangeOrder {
  private static final List<Term> TERMS =
      List.of(
          new Term(ChangeColumn.CDC_STREAM, place -> place.stream().value()),
          new Term(ChangeColumn.CDC_SEQ, place -> place.sequenceNumber().padded()));

  private static final Comparator<Place> OLDEST_FIRST =
      TERMS.stream()
          .map(term -> Comparator.comparing(term.value))
          .reduce(Comparator::thenComparing)
          .orElseThrow();

  private ChangeOrder() {}

  /**
   * Where a version stands.
   *
   * @param stream the incarnation of the table's stream
   * @param sequenceNumber the position in it
   */
  public record Place(StreamLabel stream, SequenceNumber sequenceNumber) {}

  /** Orders the versions of one key from the oldest to the newest. */
  public static Comparator<Place> oldestFirst() {
    return OLDEST_FIRST;
  }

  /**
   * The same order as the terms of an ORDER BY, oldest first: {@code cdc_stream ASC, cdc_seq ASC}.
   */
  public static String sqlOrderBy() {
    return sql("ASC");
  }

  /** The terms of an ORDER BY that puts the newest version first. */
  public static String sqlOrderByNewestFirst() {
    return sql("DESC");
  }

  private static String sql(String direction) {
    return TERMS.stream()
        .map(term -> term.column.columnName() + " " + direction)
        .collect(Collectors.joining(", "));
  }

  private record Term(ChangeColumn column, Function<Place, String> value) {}
}
