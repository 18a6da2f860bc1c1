package dev.afterbay.sinks.toparquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;

/**
 * What the statistics of a row group tell of the values of one column, without any null among them.
 *
 * @param text the one text that all values are, if that is so
 * @param least the earliest moment, if they are moments
 * @param most the latest moment, if they are moments
 */
public record KnownValues(Optional<String> text, Optional<Instant> least, Optional<Instant> most) {
  /** Nothing is known. */
  public static final KnownValues NOTHING =
      new KnownValues(Optional.empty(), Optional.empty(), Optional.empty());

  /** A longer bound may be cut off. */
  private static final int LONGEST_WHOLE_BOUND = 48;

  static Set<String> columnsOfMicroseconds(List<SchemaElement> schema) {
    return schema.stream()
        .filter(KnownValues::isOfMicroseconds)
        .map(SchemaElement::getName)
        .collect(Collectors.toSet());
  }

  private static boolean isOfMicroseconds(SchemaElement element) {
    return element.isSetLogicalType()
        && element.getLogicalType().isSetTIMESTAMP()
        && element.getLogicalType().getTIMESTAMP().getUnit().isSetMICROS();
  }

  static KnownValues texts(ColumnMetaData column) {
    Statistics bounds = column.getStatistics();
    return column.getType() == Type.BYTE_ARRAY
            && isWhole(bounds)
            && bounds.getMin_value().length < LONGEST_WHOLE_BOUND
            && Arrays.equals(bounds.getMin_value(), bounds.getMax_value())
        ? new KnownValues(
            Optional.of(new String(bounds.getMin_value(), StandardCharsets.UTF_8)),
            Optional.empty(),
            Optional.empty())
        : NOTHING;
  }

  static KnownValues times(ColumnMetaData column) {
    Statistics bounds = column.getStatistics();
    return column.getType() == Type.INT64
            && isWhole(bounds)
            && bounds.getMin_value().length == Long.BYTES
            && bounds.getMax_value().length == Long.BYTES
        ? new KnownValues(
            Optional.empty(),
            Optional.of(time(bounds.getMin_value())),
            Optional.of(time(bounds.getMax_value())))
        : NOTHING;
  }

  private static boolean isWhole(Statistics bounds) {
    return bounds != null
        && bounds.isSetMin_value()
        && bounds.isSetMax_value()
        && bounds.isSetNull_count()
        && bounds.getNull_count() == 0;
  }

  private static Instant time(byte[] micros) {
    return Instant.EPOCH.plus(
        ByteBuffer.wrap(micros).order(ByteOrder.LITTLE_ENDIAN).getLong(), ChronoUnit.MICROS);
  }
}
