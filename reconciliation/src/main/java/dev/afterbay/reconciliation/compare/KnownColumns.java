package dev.afterbay.reconciliation.compare;

import dev.afterbay.sinks.toparquet.KnownValues;
import dev.afterbay.sinks.toparquet.ParquetFooter;
import dev.afterbay.transforms.change.ChangeColumn;
import dev.afterbay.transforms.change.Origin;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What need not be read of a file, because its footer tells it.
 *
 * @param stream the one stream of all rows
 * @param time the one of all rows, or a moment that may stand for that of each
 */
record KnownColumns(Optional<String> stream, Optional<Instant> time) {
  static final KnownColumns NONE = new KnownColumns(Optional.empty(), Optional.empty());

  /**
   * What the footer tells where the time matters only as being within bounds.
   *
   * <p>Rows of a stream are ordered by their numbers alone, so that the bounds are all that their
   * time is for. Rows of other origin share numbers with those, and come after them by their time,
   * which has to be read; the moment that stands for others is not later than they were.
   *
   * @param since no row is earlier
   * @param before all rows are earlier
   */
  static KnownColumns of(ParquetFooter.Layout layout, Optional<Instant> since, Instant before) {
    Optional<String> stream = text(layout, ChangeColumn.CDC_STREAM);
    List<KnownValues> times = known(layout, ChangeColumn.CDC_TIME);
    Set<Optional<Instant>> bounds = new HashSet<>();
    times.forEach(known -> bounds.addAll(List.of(known.least(), known.most())));
    if (bounds.size() == 1) {
      return new KnownColumns(stream, bounds.iterator().next());
    }
    if (text(layout, ChangeColumn.CDC_ORIGIN).filter(Origin.STREAM.name()::equals).isEmpty()) {
      return new KnownColumns(stream, Optional.empty());
    }
    Instant stand = since.orElse(Instant.EPOCH);
    boolean within =
        !times.isEmpty()
            && times.stream()
                .allMatch(
                    known ->
                        known.least().filter(least -> !least.isBefore(stand)).isPresent()
                            && known.most().filter(before::isAfter).isPresent());
    return new KnownColumns(stream, within ? Optional.of(stand) : Optional.empty());
  }

  private static Optional<String> text(ParquetFooter.Layout layout, ChangeColumn column) {
    List<Optional<String>> texts =
        known(layout, column).stream().map(KnownValues::text).distinct().toList();
    return texts.size() == 1 ? texts.get(0) : Optional.empty();
  }

  private static List<KnownValues> known(ParquetFooter.Layout layout, ChangeColumn column) {
    return layout.chunks().stream()
        .filter(chunk -> chunk.column().equals(column.columnName()))
        .map(ParquetFooter.Chunk::known)
        .toList();
  }

  /** Whether a column need not be read. */
  boolean has(ChangeColumn column) {
    return switch (column) {
      case CDC_STREAM -> stream.isPresent();
      case CDC_TIME -> time.isPresent();
      default -> false;
    };
  }

  /** A column as it is read, or told. */
  String select(ChangeColumn column) {
    String name = column.columnName();
    return switch (column) {
      case CDC_STREAM -> stream.map(Duck::literal).orElse(name) + " AS " + name;
      case CDC_TIME -> time.map(ComparisonSql::time).orElse(name + "::TIMESTAMP") + " AS " + name;
      default -> name;
    };
  }
}
