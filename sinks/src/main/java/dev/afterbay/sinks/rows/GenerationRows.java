package dev.afterbay.sinks.rows;

import dev.afterbay.sinks.generations.Generation;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.LakeRow;
import dev.afterbay.transforms.change.ChangeColumn;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Origin;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.routing.Router;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.typed.Column;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/**
 * Makes the rows of one generation of the rows of the raw changes and snapshots, as a worker makes
 * them of the changes themselves. Not safe for use by several threads.
 */
public final class GenerationRows {
  private final Generation generation;
  private final ChangesTable raw;
  private final Protection protection;
  private final Router router;
  private final EntityRows changes;
  private final EntityRows snapshots;

  /**
   * The rows of a generation, whose columns are declared if they are not.
   *
   * @param raw the source table's raw changes
   * @param protection of the source table, by the generation's definition
   * @param known columns that the table may have from the beginning, as far as its definition has
   *     no other for their names and attributes
   */
  public GenerationRows(
      Generation generation,
      ChangesTable raw,
      Protection protection,
      SchemaLog log,
      List<Column> known) {
    this.generation = generation;
    this.raw = raw;
    this.protection = protection.again();
    this.router = new Router(List.of(generation.definition().entity()));
    Written written =
        new Written(generation.definition().entity(), generation.folder(), Protection.NONE, false);
    GrowingSchemas schemas = new GrowingSchemas(generation.table(), log, (table, schema) -> {});
    schemas.declare(generation.folder(), written.entity().declaredColumns());
    if (!known.isEmpty()) {
      schemas.grow(generation.folder(), known);
    }
    this.changes = new EntityRows(schemas, written, Origin.STREAM, Destination.HISTORY);
    this.snapshots = new EntityRows(schemas, written, Origin.EXPORT, Destination.SNAPSHOTS);
  }

  /** A segment begins: the columns may be others from now on. */
  public void segmentBegins() {
    changes.segmentBegins();
    snapshots.segmentBegins();
  }

  /**
   * The generation's row of a raw row; empty if its item is and was not of the entity.
   *
   * @param row of the raw changes or snapshots
   */
  public Optional<LakeRow> of(GenericRecord row) {
    ChangeEvent event = protection.protect(raw.event(row));
    List<Sights.Seen> seen = Sights.of(router, event);
    if (seen.isEmpty()) {
      return Optional.empty();
    }
    Origin origin = Origin.valueOf(text(row, ChangeColumn.CDC_ORIGIN));
    StreamShard shard =
        new StreamShard(
            generation.table(),
            new StreamLabel(text(row, ChangeColumn.CDC_STREAM)),
            new ShardId(text(row, ChangeColumn.CDC_SHARD)));
    Instant time = event.approximateCreation();
    EntityRows into = origin == Origin.EXPORT ? snapshots : changes;
    return Optional.of(
        new LakeRow(
            into.table(), into.row(origin, shard, event, time, seen.get(0).sight()).row(), time));
  }

  private static String text(GenericRecord row, ChangeColumn column) {
    return row.get(column.columnName()).toString();
  }
}
