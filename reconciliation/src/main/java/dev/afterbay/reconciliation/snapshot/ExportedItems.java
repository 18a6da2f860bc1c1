package dev.afterbay.reconciliation.snapshot;

import dev.afterbay.reconciliation.export.CompletedExport;
import dev.afterbay.reconciliation.export.Window;
import dev.afterbay.sinks.commit.CountedLog;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.ordering.ShardCursor;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.OtherKeysException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The items of one export as rows of the lake. Not safe for use by several threads. */
final class ExportedItems {
  private final Instant at;
  private final String exportId;
  private final List<KeyAttribute> keys;
  private final RowMaker rows;

  ExportedItems(CompletedExport export, List<KeyAttribute> keys, RowMaker rows) {
    this.at = ((Window.Full) export.request().window()).at();
    this.exportId = export.exportArn().substring(export.exportArn().lastIndexOf('/') + 1);
    this.keys = List.copyOf(keys);
    this.rows = rows;
  }

  /** A segment begins: the tables may have other schemas now. */
  void segmentBegins() {
    rows.segmentBegins();
  }

  /** Adds the next item to a segment. */
  void append(Segment segment, Item item) {
    Image image = Image.of(item);
    ShardCursor after = CountedLog.next(segment.cursor(), at, image.digest());
    RowMaker.Made made = made(segment.shard(), after, image);
    segment.append(after, made.rows());
    segment.count(made.tallies());
  }

  /** Lets the schemas know of an item that is not added yet. */
  void rehearse(StreamShard log, Item item) {
    Image image = Image.of(item);
    made(log, CountedLog.next(ShardCursor.start(), at, image.digest()), image);
  }

  private RowMaker.Made made(StreamShard log, ShardCursor after, Image image) {
    try {
      return rows.rowsOf(
          log,
          new ChangeEvent(
              Operation.INSERT,
              at,
              after.position().orElseThrow(),
              exportId,
              false,
              Image.of(keysOf(image.item())),
              image,
              null),
          at);
    } catch (OtherKeysException e) {
      throw new LakeException(
          "An item of export "
              + exportId
              + " does not have the keys "
              + keys.stream().map(KeyAttribute::name).toList()
              + " of table '"
              + log.table()
              + "'; if the table was created anew since, take a snapshot of a later moment",
          e);
    }
  }

  private Item keysOf(Item item) {
    Map<String, Value> values = new HashMap<>();
    keys.forEach(
        key -> item.attribute(key.name()).ifPresent(value -> values.put(key.name(), value)));
    return new Item(values);
  }
}
