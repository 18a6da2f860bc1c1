package dev.afterbay.sinks.catalog;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the tables of a source table lie, and from when on.
 *
 * @param lake as {@code s3://bucket/prefix}, without slash at its end
 * @param since the first day, UTC, of which there may be rows
 */
public record Site(String lake, LocalDate since) {
  /** Marks a table as ours; its value is the lake. */
  public static final String OWNER = "afterbay.lake";

  /** The property that lists the partitions of a table of snapshots, separated by commas. */
  public static final String SNAPSHOTS = "projection.snapshot.values";

  /** Checks the lake. */
  public Site {
    if (!lake.startsWith("s3://") || lake.endsWith("/")) {
      throw new IllegalArgumentException("Not a lake in S3: '" + lake + "' (s3://bucket/prefix)");
    }
  }

  /** Where a table's files lie, with a closing slash. */
  public String location(CatalogTable table) {
    return lake + "/" + table.path() + "/";
  }

  /** The properties of a table, in the order in which they are written. */
  public Map<String, String> properties(CatalogTable table) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("EXTERNAL", "TRUE");
    properties.put(OWNER, lake);
    switch (table.format()) {
      case PARQUET -> properties.put("classification", "parquet");
      case JSON_LINES -> properties.put("classification", "json");
    }
    table
        .partitioning()
        .ifPresent(
            partitioning ->
                properties.putAll(
                    Partitions.projection(
                        partitioning, location(table), since, table.snapshots())));
    return properties;
  }
}
