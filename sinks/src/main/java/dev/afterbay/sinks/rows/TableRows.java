package dev.afterbay.sinks.rows;

import dev.afterbay.sinks.rows.Sights.Seen;
import dev.afterbay.sinks.segment.LakeRow;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.Tally;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Origin;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.routing.KeyShape;
import dev.afterbay.transforms.routing.Router;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.TypedTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A row in the raw changes for each change, and one in the typed table of the entity that the item
 * is or was, in each of its generations that are written.
 */
final class TableRows implements RowMaker {
  private final TypedTables tables;
  private final Origin origin;
  private final Destination destination;
  private final Protection protection;
  private final LakeTable plain;
  private final List<String> keys;
  private List<Group> groups = List.of();
  private LakeTable changes;

  /** A segment has begun of which nothing has arrived yet: what is written may still change. */
  private boolean isBeginning;

  /** The entities that one router finds, and their rows. */
  private record Group(Router router, Map<String, Lane> lanes) {}

  /** The rows of one generation. */
  private record Lane(Written written, EntityRows rows) {}

  TableRows(TypedTables tables, Origin origin, Destination destination, Protection protection) {
    this.tables = tables;
    this.protection = protection;
    this.origin = origin;
    this.destination = destination;
    this.plain = destination.raw(tables.changes());
    this.changes = plain;
    this.keys = tables.changes().keys().stream().map(KeyAttribute::name).toList();
    take(tables.written());
  }

  @Override
  public Made rowsOf(StreamShard shard, ChangeEvent arrived, Instant cdcTime) {
    if (isBeginning) {
      isBeginning = false;
      begin();
    }
    ChangeEvent event = protection.protect(arrived);
    List<LakeRow> rows = new ArrayList<>(3);
    rows.add(new LakeRow(changes, tables.changes().row(origin, shard, event, cdcTime), cdcTime));
    if (tables.isRaw() && groups.size() == 1) {
      return new Made(rows, List.of());
    }
    List<Tally> tallies = new ArrayList<>();
    boolean isRouted = false;
    for (Group group : groups) {
      List<Seen> seen = Sights.of(group.router(), event);
      isRouted |= !seen.isEmpty();
      for (Seen each : seen) {
        // The items of a mirror are those of another entity once more, and have no rows.
        Lane into = group.lanes().get(each.entity().name());
        if (into != null) {
          add(into, into.rows().row(shard, event, cdcTime, each.sight()), cdcTime, rows, tallies);
        }
      }
    }
    if (!isRouted && !tables.isRaw()) {
      String shape = KeyShape.of(event.keys().item(), keys);
      tallies.add(new Tally(LakeTable.CHANGES, shape, Tally.UNROUTED));
    }
    return new Made(rows, tallies);
  }

  private static void add(
      Lane into,
      TypedTable.TypedRow row,
      Instant cdcTime,
      List<LakeRow> rows,
      List<Tally> tallies) {
    rows.add(new LakeRow(into.rows().table(), row.row(), cdcTime));
    if (into.written().isCounted()) {
      String name = into.written().entity().name();
      for (TypedTable.Extra extra : row.extras()) {
        tallies.add(new Tally(name, extra.attribute(), extra.reason().name()));
      }
    }
  }

  @Override
  public void segmentBegins() {
    groups.forEach(group -> group.lanes().values().forEach(lane -> lane.rows().segmentBegins()));
    tellWhatIsBeside();
    isBeginning = true;
  }

  /** A segment that waits long for its first record is to be as new as one that does not. */
  private void begin() {
    take(tables.asNoted());
    groups.forEach(group -> group.lanes().values().forEach(lane -> lane.rows().segmentBegins()));
    tellWhatIsBeside();
  }

  private void take(WrittenTables written) {
    Map<String, EntityRows> open = new HashMap<>();
    groups.forEach(
        group ->
            group.lanes().values().forEach(lane -> open.put(lane.written().folder(), lane.rows())));
    List<Group> next = new ArrayList<>();
    for (WrittenTables.Group group : written.groups()) {
      Map<String, Lane> lanes = new LinkedHashMap<>();
      for (Written each : group.tables()) {
        EntityRows rows = open.get(each.folder());
        lanes.put(
            each.entity().name(),
            new Lane(
                each,
                rows != null && rows.isBy(each)
                    ? rows
                    : new EntityRows(tables.schemas(), each, origin, destination)));
      }
      next.add(new Group(group.router(), lanes));
    }
    groups = next;
    tellWhatIsBeside();
  }

  private void tellWhatIsBeside() {
    List<LakeTable> beside = new ArrayList<>();
    groups.forEach(
        group -> group.lanes().values().forEach(lane -> beside.add(lane.rows().table())));
    changes = plain.withBeside(beside);
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
