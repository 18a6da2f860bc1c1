package dev.afterbay.consumer.catalog;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.sinks.catalog.Site;
import dev.afterbay.sinks.catalog.SourceCatalog;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.snapshots.SnapshotNotes;
import dev.afterbay.sinks.tocatalog.SitedCatalog;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.typed.EntitySchema;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What a catalog is to hold of the lake, as new as the schema log has it. */
public final class LakeTables implements Supplier<List<SitedCatalog>> {
  private final AfterbayConfig config;
  private final Map<TableName, List<KeyAttribute>> keys;
  private final SchemaLog schemas;
  private final SnapshotNotes snapshots;
  private final FirstDay firstDay;

  /** Looked up once: earlier days come to a lake only by hand, and the catalog keeps its own. */
  private final Map<TableName, LocalDate> since = new ConcurrentHashMap<>();

  private LakeTables(
      AfterbayConfig config,
      Map<TableName, List<KeyAttribute>> keys,
      SchemaLog schemas,
      SnapshotNotes snapshots,
      FirstDay firstDay) {
    this.config = config;
    this.keys = new LinkedHashMap<>(keys);
    this.schemas = schemas;
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
        new SchemaLog(store, lake),
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

  /** The moment of the newest complete snapshot of each table that has one. */
  Map<TableName, Instant> snapshots() {
    Map<TableName, Instant> newest = new LinkedHashMap<>();
    keys.keySet()
        .forEach(table -> snapshots.moments(table).forEach(moment -> newest.put(table, moment)));
    return newest;
  }

  private SitedCatalog sited(TableName table, List<KeyAttribute> attributes) {
    List<EntitySchema> entities =
        config.table(table).entities().stream()
            .filter(entity -> entity.mirrorOf().isEmpty())
            .map(entity -> schema(table, entity))
            .toList();
    return new SitedCatalog(
        SourceCatalog.of(table, attributes, entities, snapshots.all(table)),
        new Site(config.lake().toString(), since.computeIfAbsent(table, firstDay::of)));
  }

  private EntitySchema schema(TableName table, Entity entity) {
    return schemas
        .newest(table, entity.name())
        .orElseGet(() -> EntitySchema.first(entity.name(), entity.declaredColumns()));
  }
}
