package dev.afterbay.sinks.rows;

import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Origin;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.toavro.TypedTable;
import dev.afterbay.transforms.toavro.TypedTable.Sight;
import dev.afterbay.transforms.toavro.TypedTable.TypedRow;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.EntitySchema;
import dev.afterbay.transforms.typed.Inference;
import dev.afterbay.transforms.typed.Reason;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of one entity and one shard. Within a segment the columns stay as they are; what is seen
 * of attributes without column becomes columns when the next segment begins.
 */
final class EntityRows {
  private static final Logger LOG = LoggerFactory.getLogger(EntityRows.class);

  private final TypedTables tables;
  private final Entity entity;
  private final Origin origin;
  private final Destination destination;
  private Inference inference = new Inference();
  private TypedTable rows;
  private LakeTable table;

  EntityRows(TypedTables tables, Entity entity, Origin origin, Destination destination) {
    this.tables = tables;
    this.entity = entity;
    this.origin = origin;
    this.destination = destination;
    EntitySchema schema = tables.schema(entity);
    this.rows = new TypedTable(entity, schema);
    this.table = destination.typed(entity.name(), schema);
  }

  LakeTable table() {
    return table;
  }

  TypedRow row(StreamShard shard, ChangeEvent event, Instant cdcTime, Sight sight) {
    TypedRow row = rows.row(origin, shard, event, cdcTime, sight);
    if (entity.infers()) {
      for (TypedTable.Extra extra : row.extras()) {
        if (extra.reason() == Reason.UNKNOWN) {
          inference.observe(extra.attribute(), extra.value());
        }
      }
    }
    return row;
  }

  /** If the schema log does not answer, the attributes stay where they are until it does. */
  void segmentBegins() {
    List<Column> columns = inference.columns();
    if (!columns.isEmpty()) {
      try {
        tables.grow(entity, columns);
        inference = new Inference();
      } catch (ObjectStoreException | IllegalStateException e) {
        LOG.atWarn()
            .addKeyValue("event", "schema-waits")
            .addKeyValue("entity", entity.name())
            .addKeyValue("columns", columns.size())
            .setCause(e)
            .log("New columns wait: the schema log does not take them now");
      }
    }
    EntitySchema schema = tables.schema(entity);
    if (schema.version() != rows.schema().version()) {
      LOG.atInfo()
          .addKeyValue("event", "schema-changed")
          .addKeyValue("entity", entity.name())
          .addKeyValue("version", schema.version())
          .addKeyValue("columns", schema.columns().size())
          .log("Goes on with another version of its schema");
      rows = new TypedTable(entity, schema);
      table = destination.typed(entity.name(), schema);
    }
  }
}
