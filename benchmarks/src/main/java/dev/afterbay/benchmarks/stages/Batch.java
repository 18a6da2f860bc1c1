package dev.afterbay.benchmarks.stages;

import dev.afterbay.benchmarks.load.Orders;
import dev.afterbay.benchmarks.load.PageReader;
import dev.afterbay.benchmarks.load.Pages;
import dev.afterbay.benchmarks.load.Skew;
import dev.afterbay.benchmarks.load.Texture;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.fromstream.StreamedRecord;
import dev.afterbay.transforms.fromstream.UndecodableRecordException;
import dev.afterbay.transforms.ordering.ShardCursor;
import dev.afterbay.transforms.toavro.ChangesTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A thousand records in the form in which each stage gets them. */
@State(Scope.Thread)
public class Batch {
  /** How many there are. */
  static final int RECORDS = 1_000;

  private static final int OF_PAGE = 500;
  private static final int ITEMS = 10_000;

  /** Of the items' texts. */
  @Param({"WORDS", "NOISE"})
  Texture texture = Texture.WORDS;

  List<byte[]> bodies = List.of();
  List<ChangeEvent> events = List.of();
  List<RowMaker.Made> made = List.of();
  PageReader reader = new PageReader();
  ChangesTable table = new ChangesTable(Orders.TABLE.keys());
  RowMaker rows = RowMaker.changes(table);
  RowMaker typedRows = MeasuredEntities.rows();
  StreamShard shard =
      new StreamShard(
          Orders.TABLE.name(),
          new StreamLabel("2026-01-01T00:00:00.000"),
          new ShardId("shardId-1"));

  /** Takes a thousand records through all stages. */
  @Setup(Level.Trial)
  public void prepare() throws UndecodableRecordException {
    Pages pages = Pages.of(new Orders.Shape(ITEMS, Skew.EVEN, texture), RECORDS, OF_PAGE);
    bodies = pages.bodies();
    shard = pages.shard();
    events = decoded();
    List<RowMaker.Made> all = new ArrayList<>();
    ShardCursor cursor = ShardCursor.start();
    for (ChangeEvent event : events) {
      ShardCursor.Accepted accepted = cursor.accept(event).orElseThrow();
      cursor = accepted.cursor();
      all.add(rows.rowsOf(shard, event, accepted.cdcTime()));
    }
    made = all;
    typedRows.segmentBegins();
    events.forEach(event -> typedRows.rowsOf(shard, event, Instant.EPOCH));
    typedRows.segmentBegins();
  }

  /** The pages' changes, with nothing of them worked out yet. */
  final List<ChangeEvent> decoded() throws UndecodableRecordException {
    List<ChangeEvent> all = new ArrayList<>(RECORDS);
    for (byte[] body : bodies) {
      for (StreamedRecord record : reader.read(body)) {
        all.add(record.change());
      }
    }
    return all;
  }

  /** Frees the client. */
  @TearDown(Level.Trial)
  public void close() {
    reader.close();
  }
}
