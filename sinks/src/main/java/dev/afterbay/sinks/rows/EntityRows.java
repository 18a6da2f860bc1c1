package dev.afterbay.sinks.rows;

import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Origin;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.toavro.TypedTable;
import dev.afterbay.transforms.toavro.TypedTable.Sight;
import dev.afterbay.transforms.toavro.TypedTable.TypedRow;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.EntitySchema;
import dev.afterbay.transforms.typed.Inference;
import dev.afterbay.transforms.typed.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of one generation of an entity and one shard. Within a segment the columns stay as they
 * are; what is seen of attributes without column becomes columns when the next segment begins.
 */
final class EntityRows {
  private static final Logger LOG = LoggerFactory.getLogger(EntityRows.class);

  private final GrowingSchemas schemas;
  private final Written written;
  private final Origin origin;
  private final Destination destination;
  private Inference inference = new Inference();
  private TypedTable rows;
  private LakeTable table;

  EntityRows(GrowingSchemas schemas, Written written, Origin origin, Destination destination) {
    this.schemas = schemas;
    this.written = written;
    this.origin = origin;
    this.destination = destination;
    EntitySchema schema = schemas.of(written.folder());
    this.rows = new TypedTable(written.entity(), schema);
    this.table = destination.typed(written.folder(), schema);
  }

  LakeTable table() {
    return table;
  }

  /** Whether these are the rows of a generation as it is to be written now. */
  boolean isBy(Written other) {
    return written.folder().equals(other.folder())
        && written.entity().equals(other.entity())
        && written.further().rules().equals(other.further().rules());
  }

  TypedRow row(StreamShard shard, ChangeEvent event, Instant cdcTime, Sight sight) {
    return row(origin, shard, event, cdcTime, sight);
  }

  TypedRow row(Origin from, StreamShard shard, ChangeEvent event, Instant cdcTime, Sight sight) {
    TypedRow row = rows.row(from, shard, event, cdcTime, protectedFurther(event, sight));
    if (written.entity().infers()) {
      for (TypedTable.Extra extra : row.extras()) {
        if (extra.reason() == Reason.UNKNOWN) {
          inference.observe(extra.attribute(), extra.value());
        }
      }
    }
    return row;
  }

  private Sight protectedFurther(ChangeEvent event, Sight sight) {
    Protection further = written.further();
    if (further.rules().isEmpty()) {
      return sight;
    }
    Set<String> keys = event.keys().item().attributes().keySet();
    return new Sight(
        sight.operation(),
        protectedFurther(further, sight.newImage(), keys),
        protectedFurther(further, sight.oldImage(), keys));
  }

  private static @Nullable Image protectedFurther(
      Protection further, @Nullable Image image, Set<String> keys) {
    return image == null ? null : further.protect(image, keys);
  }

  /** If the schema log does not answer, the attributes stay where they are until it does. */
  void segmentBegins() {
    List<Column> columns = inference.columns();
    String folder = written.folder();
    if (!columns.isEmpty()) {
      try {
        schemas.grow(folder, columns);
        inference = new Inference();
      } catch (ObjectStoreException | IllegalStateException e) {
        LOG.atWarn()
            .addKeyValue("event", "schema-waits")
            .addKeyValue("entity", folder)
            .addKeyValue("columns", columns.size())
            .setCause(e)
            .log("New columns wait: the schema log does not take them now");
      }
    }
    EntitySchema schema = schemas.of(folder);
    if (schema.version() != rows.schema().version()) {
      LOG.atInfo()
          .addKeyValue("event", "schema-changed")
          .addKeyValue("entity", folder)
          .addKeyValue("version", schema.version())
          .addKeyValue("columns", schema.columns().size())
          .log("Goes on with another version of its schema");
      rows = new TypedTable(written.entity(), schema);
      table = destination.typed(folder, schema);
    }
  }
}
