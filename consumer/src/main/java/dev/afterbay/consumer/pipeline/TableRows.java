package dev.afterbay.consumer.pipeline;

import dev.afterbay.sinks.segment.LakeRow;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.Tally;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.KeyShape;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.TypedTable;
import dev.afterbay.transforms.toavro.TypedTable.Sight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row in the raw changes for each change, and one in the typed table of the entity that the item
 * is or was.
 */
final class TableRows implements RowMaker {
  private final TypedTables tables;
  private final LakeTable changes;
  private final List<String> keys;
  private final boolean typed;
  private final Map<String, EntityRows> entities = new LinkedHashMap<>();

  TableRows(TypedTables tables) {
    this.tables = tables;
    this.changes = LakeTable.changes(tables.changes());
    this.keys = tables.changes().keys().stream().map(KeyAttribute::name).toList();
    this.typed = !tables.router().entities().isEmpty();
    for (Entity entity : tables.router().entities()) {
      if (entity.mirrorOf().isEmpty()) {
        entities.put(entity.name(), new EntityRows(tables, entity));
      }
    }
  }

  @Override
  public Made rowsOf(StreamShard shard, ChangeEvent arrived, Instant cdcTime) {
    ChangeEvent event = tables.protection().protect(arrived);
    LakeRow raw = new LakeRow(changes, tables.changes().row(shard, event, cdcTime), cdcTime);
    if (!typed) {
      return new Made(List.of(raw), List.of());
    }
    List<LakeRow> rows = new ArrayList<>(3);
    List<Tally> tallies = new ArrayList<>();
    rows.add(raw);
    Entity before = entity(event.oldImage());
    Entity after = entity(event.newImage());
    Adding adding = new Adding(shard, event, cdcTime, rows, tallies);
    if (before != null && after != null && before.name().equals(after.name())) {
      adding.add(after, new Sight(event.operation(), event.newImage(), event.oldImage()));
    } else {
      if (before != null) {
        adding.add(before, new Sight(Operation.REMOVE, null, event.oldImage()));
      }
      if (after != null) {
        adding.add(after, new Sight(Operation.INSERT, event.newImage(), null));
      }
    }
    if (before == null && after == null) {
      String shape = KeyShape.of(event.keys().item(), keys);
      tallies.add(new Tally(LakeTable.CHANGES, shape, Tally.UNROUTED));
    }
    return new Made(rows, tallies);
  }

  private @Nullable Entity entity(@Nullable Image image) {
    return image == null ? null : tables.router().route(image.item());
  }

  @Override
  public void segmentBegins() {
    entities.values().forEach(EntityRows::segmentBegins);
  }

  @Override
  public int tables() {
    return tables.count();
  }

  @Override
  public Set<String> sensitive() {
    return tables.protection().rules().keySet();
  }

  /** One change on its way into typed tables. */
  private final class Adding {
    private final StreamShard shard;
    private final ChangeEvent event;
    private final Instant cdcTime;
    private final List<LakeRow> rows;
    private final List<Tally> tallies;

    Adding(
        StreamShard shard,
        ChangeEvent event,
        Instant cdcTime,
        List<LakeRow> rows,
        List<Tally> tallies) {
      this.shard = shard;
      this.event = event;
      this.cdcTime = cdcTime;
      this.rows = rows;
      this.tallies = tallies;
    }

    /** The items of a mirror are those of another entity once more, and have no rows. */
    void add(Entity entity, Sight sight) {
      EntityRows into = entities.get(entity.name());
      if (into != null) {
        TypedTable.TypedRow row = into.row(shard, event, cdcTime, sight);
        rows.add(new LakeRow(into.table(), row.row(), cdcTime));
        for (TypedTable.Extra extra : row.extras()) {
          tallies.add(new Tally(entity.name(), extra.attribute(), extra.reason().name()));
        }
      }
    }
  }
}
