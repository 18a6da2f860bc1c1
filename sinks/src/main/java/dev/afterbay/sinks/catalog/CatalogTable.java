package dev.afterbay.sinks.catalog;

import dev.afterbay.sinks.segment.LakeTable.Partitioning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table of the lake: files in a folder.
 *
 * @param name in the catalog, lower case
 * @param path of its folder below the lake, without slash at either end
 * @param comment what a row is
 * @param format of the files
 * @param columns in the order of the newest files; those in partitions are not among them
 * @param partitioning how the folder is divided by time; empty if it is not
 * @param snapshots the partitions of a table of snapshots; of other tables none are named
 */
public record CatalogTable(
    String name,
    String path,
    String comment,
    Format format,
    List<CatalogColumn> columns,
    Optional<Partitioning> partitioning,
    List<String> snapshots) {
  /** What the files are. */
  public enum Format {
    /** Parquet, its columns found by name. */
    PARQUET,
    /** One JSON object a line, its fields found by name. */
    JSON_LINES
  }

  /** Copies the lists. */
  public CatalogTable {
    columns = List.copyOf(columns);
    snapshots = List.copyOf(snapshots);
  }

  /** A table of anything but snapshots. */
  public CatalogTable(
      String name,
      String path,
      String comment,
      Format format,
      List<CatalogColumn> columns,
      Optional<Partitioning> partitioning) {
    this(name, path, comment, format, columns, partitioning, List.of());
  }

  /** The partition columns, each a folder {@code name=value}; all are strings. */
  public List<CatalogColumn> partitions() {
    return partitioning.map(Partitions::of).orElse(List.of());
  }

  /** The columns and then the partition columns, as {@code SELECT *} shows them. */
  public List<CatalogColumn> allColumns() {
    List<CatalogColumn> all = new ArrayList<>(columns);
    all.addAll(partitions());
    return all;
  }
}
