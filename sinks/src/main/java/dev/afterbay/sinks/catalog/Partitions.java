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

  private static final CatalogColumn SNAPSHOT =
      new CatalogColumn("snapshot", STRING, "Moment that the items show, UTC, 20261121T050000Z");

  /** An enumeration must have a value; of this one there are no rows. */
  private static final String NO_SNAPSHOT = "none";

  private Partitions() {}

  static List<CatalogColumn> of(Partitioning partitioning) {
    return switch (partitioning) {
      case BY_HOUR -> List.of(DAY, HOUR);
      case BY_DAY -> List.of(DAY);
      case BY_SNAPSHOT -> List.of(SNAPSHOT);
    };
  }

  /**
   * The properties of partition projection.
   *
   * @param location of the table, with its closing slash
   * @param since the first day that has rows
   * @param snapshots the values of the partition column of snapshots
   */
  static Map<String, String> projection(
      Partitioning partitioning, String location, LocalDate since, List<String> snapshots) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("projection.enabled", "true");
    if (partitioning == Partitioning.BY_SNAPSHOT) {
      properties.put("projection.snapshot.type", "enum");
      properties.put(
          Site.SNAPSHOTS, snapshots.isEmpty() ? NO_SNAPSHOT : String.join(",", snapshots));
    } else {
      properties.putAll(days(partitioning, since));
    }
    properties.put(
        "storage.location.template",
        location
            + of(partitioning).stream()
                .map(column -> column.name() + "=${" + column.name() + "}/")
                .collect(Collectors.joining()));
    return properties;
  }

  private static Map<String, String> days(Partitioning partitioning, LocalDate since) {
    Map<String, String> properties = new LinkedHashMap<>();
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
    return properties;
  }
}
