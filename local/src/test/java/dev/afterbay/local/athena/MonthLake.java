package dev.afterbay.local.athena;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.reconciliation.export.ExportClient;
import dev.afterbay.reconciliation.export.ExportPlace;
import dev.afterbay.reconciliation.export.ExportReader;
import dev.afterbay.reconciliation.export.ExportRequest;
import dev.afterbay.reconciliation.export.MemoryExports;
import dev.afterbay.reconciliation.export.Window;
import dev.afterbay.reconciliation.snapshot.Slice;
import dev.afterbay.reconciliation.snapshot.SnapshotProgress;
import dev.afterbay.reconciliation.snapshot.Snapshots;
import dev.afterbay.reconciliation.snapshot.Taken;
import dev.afterbay.sinks.rows.TypedTables;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.snapshots.SnapshotNotes;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A lake with some days of a shop and of a task app, written as the worker writes it, from the
 * example configurations of both.
 */
final class MonthLake {
  static final TableName SHOP = new TableName("E-commerce-Data");
  static final TableName TASKS = new TableName("TaskApp");
  static final List<KeyAttribute> KEYS =
      List.of(new KeyAttribute("PK", KeyType.S), new KeyAttribute("SK", KeyType.S));

  private static final long MEMORY = 64L << 20;

  private final ObjectStore store;
  private final Lake lake;
  private final Path scratch;
  private final History shop = new History();
  private final History tasks = new History();
  private Instant clock = Instant.EPOCH;
  private Optional<Instant> base = Optional.empty();

  private MonthLake(ObjectStore store, Lake lake, Path scratch) {
    this.store = store;
    this.lake = lake;
    this.scratch = scratch;
  }

  /** Writes the lake; each hour of each table is a commit. */
  static MonthLake write(
      ObjectStore store, Lake lake, LocalDate first, int days, long seed, Path scratch) {
    MonthLake month = new MonthLake(store, lake, scratch);
    ShardWriter shopWriter = month.writer(SHOP, "e-commerce-data");
    ShardWriter taskWriter = month.writer(TASKS, "task-app");
    new MonthOfChanges(seed)
        .over(
            first,
            days,
            (hour, shopChanges, taskChanges) -> {
              month.clock = hour.plusSeconds(3_660);
              commit(shopWriter, shopChanges, month.shop);
              commit(taskWriter, taskChanges, month.tasks);
            });
    return month;
  }

  /** Takes a snapshot of both tables as they were at the end of a second, and starts from it. */
  MonthLake snapshot(Instant moment) {
    clock = moment.plusSeconds(60);
    take(SHOP, "e-commerce-data", shop, moment);
    take(TASKS, "task-app", tasks, moment);
    return this;
  }

  private void take(TableName table, String example, History history, Instant moment) {
    ObjectStore exported = new MemoryObjectStore();
    ExportClient exports =
        new ExportClient(
            new MemoryExports(exported, history.asExported()),
            exported,
            Duration.ofSeconds(1),
            interval -> {});
    try {
      Taken taken =
          new Snapshots(
                  store, lake, scratch, () -> clock, exports, new ExportReader(exported), MEMORY)
              .take(
                  new ExportRequest(
                      table,
                      "arn:aws:dynamodb:us-east-1:000000000000:table/" + table,
                      new Window.Full(moment),
                      new ExportPlace("exports", "of-tests")),
                  () ->
                      new TypedTables(
                          table,
                          new ChangesTable(KEYS),
                          config(example).tables().get(0).entities(),
                          Protection.NONE,
                          new SchemaLog(store, lake)),
                  KEYS,
                  Slice.WHOLE,
                  SnapshotProgress.none());
      base = Optional.of(moment);
      if (new SnapshotNotes(store, lake).newest(table).isEmpty()) {
        throw new IllegalStateException("Not complete: " + taken);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The moment of the snapshot; empty if there is none. */
  Optional<Instant> base() {
    return base;
  }

  /** What happened in the shop. */
  History shop() {
    return shop;
  }

  /** What happened in the task app. */
  History tasks() {
    return tasks;
  }

  /** The configuration of one of the tables, by the name of its example, for the bucket here. */
  static AfterbayConfig config(String example) {
    try {
      String text =
          Files.readString(Path.of("..", "docs", "examples", example + ".yaml"))
              .replace("s3://my-bucket/", "s3://afterbay/");
      Path file = Files.createTempFile(example, ".yaml");
      file.toFile().deleteOnExit();
      return AfterbayConfig.read(Files.writeString(file, text), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ShardWriter writer(TableName table, String example) {
    return ShardWriter.open(
        store, lake, table, KEYS, config(example).tables().get(0).entities(), scratch, () -> clock);
  }

  private static void commit(ShardWriter writer, List<ChangeEvent> changes, History history) {
    if (!changes.isEmpty()) {
      writer.commit(changes);
      changes.forEach(history::add);
    }
  }
}
