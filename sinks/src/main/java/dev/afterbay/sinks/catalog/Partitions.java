package dev.afterbay.sinks.catalog;

import dev.afterbay.sinks.segment.LakeTable.Partitioning;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** The partition columns, and how engines find partitions without asking a catalog. */
final class Partitions {
  private static final Schema STRING = Schema.create(Schema.Type.STRING);
  private static final CatalogColumn DAY =
      new CatalogColumn("dt", STRING, "Day of the change, UTC, as in 2026-11-21");
  private static final CatalogColumn HOUR =
      new CatalogColumn("hh", STRING, "Hour of the change, UTC, 00 to 23");

  private Partitions() {}

  static List<CatalogColumn> of(Partitioning partitioning) {
    return switch (partitioning) {
      case BY_HOUR -> List.of(DAY, HOUR);
      case BY_DAY -> List.of(DAY);
    };
  }

  /**
   * The properties of partition projection.
   *
   * @param location of the table, with its closing slash
   * @param since the first day that has rows
   */
  static Map<String, String> projection(
      Partitioning partitioning, String location, LocalDate since) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("projection.enabled", "true");
    properties.put("projection.dt.type", "date");
    properties.put("projection.dt.format", "yyyy-MM-dd");
    properties.put("projection.dt.range", since + ",NOW");
    properties.put("projection.dt.interval", "1");
    properties.put("projection.dt.interval.unit", "DAYS");
    if (partitioning == Partitioning.BY_HOUR) {
      properties.put("projection.hh.type", "integer");
      properties.put("projection.hh.range", "0,23");
      properties.put("projection.hh.digits", "2");
    }
    properties.put(
        "storage.location.template",
        location
            + of(partitioning).stream()
                .map(column -> column.name() + "=${" + column.name() + "}/")
                .collect(Collectors.joining()));
    return properties;
  }
}
