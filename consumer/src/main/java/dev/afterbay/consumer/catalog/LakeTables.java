package dev.afterbay.consumer.catalog;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.sinks.catalog.CurrentTables;
import dev.afterbay.sinks.catalog.Site;
import dev.afterbay.sinks.catalog.SourceCatalog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.snapshots.SnapshotNotes;
import dev.afterbay.sinks.tocatalog.SitedCatalog;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What a catalog is to hold of the lake, as new as the schema log has it. */
public final class LakeTables implements Supplier<List<SitedCatalog>> {
  private final AfterbayConfig config;
  private final Map<TableName, List<KeyAttribute>> keys;
  private final CurrentTables current;
  private final SnapshotNotes snapshots;
  private final FirstDay firstDay;

  /** Looked up once: earlier days come to a lake only by hand, and the catalog keeps its own. */
  private final Map<TableName, LocalDate> since = new ConcurrentHashMap<>();

  private LakeTables(
      AfterbayConfig config,
      Map<TableName, List<KeyAttribute>> keys,
      CurrentTables current,
      SnapshotNotes snapshots,
      FirstDay firstDay) {
    this.config = config;
    this.keys = new LinkedHashMap<>(keys);
    this.current = current;
    this.snapshots = snapshots;
    this.firstDay = firstDay;
  }

  /**
   * The tables of a configuration.
   *
   * @param keys of the source tables that are wanted, in order
   */
  public static LakeTables of(
      AfterbayConfig config,
      Map<TableName, List<KeyAttribute>> keys,
      ObjectStore store,
      Lake lake,
      InstantSource clock) {
    return new LakeTables(
        config,
        keys,
        new CurrentTables(store, lake),
        new SnapshotNotes(store, lake),
        new FirstDay(store, lake, clock));
  }

  /**
   * What is wanted now.
   *
   * @throws Failure with the way out, for all that Athena cannot take
   */
  @Override
  public List<SitedCatalog> get() {
    List<SitedCatalog> wanted = new ArrayList<>();
    keys.forEach((table, attributes) -> wanted.add(sited(table, attributes)));
    List<String> problems =
        wanted.stream().flatMap(each -> each.catalog().problems().stream()).toList();
    if (!problems.isEmpty()) {
      throw new Failure(problems);
    }
    return wanted;
  }

  /** What no worker is told of: the newest complete snapshots, and the generations to ask. */
  Map<TableName, Beyond> beyond() {
    Map<TableName, Beyond> beyond = new LinkedHashMap<>();
    for (TableName table : keys.keySet()) {
      List<Instant> moments = snapshots.moments(table);
      beyond.put(
          table,
          new Beyond(
              moments.isEmpty() ? Optional.empty() : Optional.of(moments.get(moments.size() - 1)),
              current.folders(table, entities(table))));
    }
    return beyond;
  }

  /**
   * What of a table changes by other ways than its workers.
   *
   * @param snapshot the moment of the newest complete snapshot
   * @param folders of the generations to ask
   */
  record Beyond(Optional<Instant> snapshot, List<String> folders) {}

  private SitedCatalog sited(TableName table, List<KeyAttribute> attributes) {
    return new SitedCatalog(
        SourceCatalog.of(
            table, attributes, current.schemas(table, entities(table)), current.snapshots(table)),
        new Site(config.lake().toString(), since.computeIfAbsent(table, firstDay::of)));
  }

  private List<Entity> entities(TableName table) {
    return config.table(table).entities().stream()
        .filter(entity -> entity.mirrorOf().isEmpty())
        .toList();
  }
}
