package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.catalog.Site;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table or view that a catalog holds, whoever made it.
 *
 * @param name in lower case
 * @param kind what it is
 * @param version changes with every change of the entry
 * @param comment empty if there is none
 * @param location of its files; empty if it has none
 * @param columns without those in partitions
 * @param partitions the partition columns
 * @param parameters its properties
 */
public record CatalogEntry(
    String name,
    Kind kind,
    String version,
    String comment,
    String location,
    List<TableColumn> columns,
    List<TableColumn> partitions,
    Map<String, String> parameters) {
  /** What an entry is. */
  public enum Kind {
    /** Files in a folder, or whatever else is not a view. */
    TABLE,
    /** A query. */
    VIEW
  }

  /** Copies the collections. */
  public CatalogEntry {
    columns = List.copyOf(columns);
    partitions = List.copyOf(partitions);
    parameters = Map.copyOf(parameters);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** Whether engines look for a partition of a day in it; of a table without such, always. */
  public boolean hasDay(LocalDate day) {
    return parameter(ProjectedDays.RANGE)
        .flatMap(ProjectedDays::start)
        .filter(first -> first.isAfter(day))
        .isEmpty();
  }

  /** Whether engines look for a snapshot in it. */
  public boolean hasSnapshot(String snapshot) {
    return parameter(Site.SNAPSHOTS)
        .filter(names -> Arrays.asList(names.split(",")).contains(snapshot))
        .isPresent();
  }
}
