package dev.afterbay.sinks.rows;

import dev.afterbay.sinks.segment.LakeRow;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.Tally;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.Origin;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.protect.Protection;
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
  private final Origin origin;
  private final Protection protection;
  private final LakeTable changes;
  private final List<String> keys;
  private final boolean typed;
  private final Map<String, EntityRows> entities = new LinkedHashMap<>();

  TableRows(TypedTables tables, Origin origin, Destination destination, Protection protection) {
    this.tables = tables;
    this.protection = protection;
    this.origin = origin;
    this.changes = destination.raw(tables.changes());
    this.keys = tables.changes().keys().stream().map(KeyAttribute::name).toList();
    this.typed = !tables.router().entities().isEmpty();
    for (Entity entity : tables.router().entities()) {
      if (entity.mirrorOf().isEmpty()) {
        entities.put(entity.name(), new EntityRows(tables, entity, origin, destination));
      }
    }
  }

  @Override
  public Made rowsOf(StreamShard shard, ChangeEvent arrived, Instant cdcTime) {
    ChangeEvent event = protection.protect(arrived);
    LakeRow raw =
        new LakeRow(changes, tables.changes().row(origin, shard, event, cdcTime), cdcTime);
    if (!typed) {
      return new Made(List.of(raw), List.of());
    }
    List<LakeRow> rows = new ArrayList<>(3);
    List<Tally> tallies = new ArrayList<>();
    rows.add(raw);
    List<Seen> seen = seen(event);
    for (Seen each : seen) {
      // The items of a mirror are those of another entity once more, and have no rows.
      EntityRows into = entities.get(each.entity().name());
      if (into != null) {
        TypedTable.TypedRow row = into.row(shard, event, cdcTime, each.sight());
        rows.add(new LakeRow(into.table(), row.row(), cdcTime));
        for (TypedTable.Extra extra : row.extras()) {
          tallies.add(new Tally(each.entity().name(), extra.attribute(), extra.reason().name()));
        }
      }
    }
    if (seen.isEmpty()) {
      String shape = KeyShape.of(event.keys().item(), keys);
      tallies.add(new Tally(LakeTable.CHANGES, shape, Tally.UNROUTED));
    }
    return new Made(rows, tallies);
  }

  /** What an entity sees of a change. */
  private record Seen(Entity entity, Sight sight) {}

  /** An item that changes its entity leaves one and enters the other. */
  private List<Seen> seen(ChangeEvent event) {
    Entity before = entity(event.oldImage());
    Entity after = entity(event.newImage());
    if (before != null && after != null && before.name().equals(after.name())) {
      return List.of(
          new Seen(after, new Sight(event.operation(), event.newImage(), event.oldImage())));
    }
    List<Seen> seen = new ArrayList<>(2);
    if (before != null) {
      seen.add(new Seen(before, new Sight(Operation.REMOVE, null, event.oldImage())));
    }
    if (after != null) {
      seen.add(new Seen(after, new Sight(Operation.INSERT, event.newImage(), null)));
    }
    return seen;
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
}
