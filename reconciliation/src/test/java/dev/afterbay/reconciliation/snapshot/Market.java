package dev.afterbay.reconciliation.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.reconciliation.export.ExportClient;
import dev.afterbay.reconciliation.export.ExportPlace;
import dev.afterbay.reconciliation.export.ExportReader;
import dev.afterbay.reconciliation.export.ExportRequest;
import dev.afterbay.reconciliation.export.MemoryExports;
import dev.afterbay.reconciliation.export.NetChange;
import dev.afterbay.reconciliation.export.TableHistory;
import dev.afterbay.reconciliation.export.Window;
import dev.afterbay.reconciliation.snapshot.FileIntoLake.SnapshotRoll;
import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.check.LakeReport;
import dev.afterbay.sinks.duck.SharedDuck;
import dev.afterbay.sinks.rows.TypedTables;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.sinks.snapshots.SnapshotNotes;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.Template;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A table of products and other items, its exports, and its lake in the same store. */
final class Market {
  static final TableName TABLE = new TableName("Market");
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  static final Lake LAKE = new Lake("lake");
  static final List<KeyAttribute> KEYS = List.of(new KeyAttribute("PK", KeyType.S));
  static final ExportRequest REQUEST =
      new ExportRequest(
          TABLE,
          "arn:aws:dynamodb:eu-west-1:123456789012:table/Market",
          new Window.Full(NOON),
          new ExportPlace("afterbay", "lake/_afterbay/exports"));

  private static final Entity PRODUCTS =
      new Entity(
          "products",
          Map.of("PK", Template.parse("PRODUCT#{product_id}", '#')),
          Map.of(),
          Map.of(),
          Set.of(),
          List.of(),
          true,
          Optional.empty());

  final MemoryObjectStore store = new MemoryObjectStore();
  final MemoryExports exports;
  private final List<Item> items;
  private final Path dir;

  Market(Path dir, int items) {
    this.dir = dir;
    this.items = IntStream.range(0, items).mapToObj(Market::item).toList();
    this.exports =
        new MemoryExports(
            store,
            new TableHistory() {
              @Override
              public List<Item> at(Instant moment) {
                return Market.this.items;
              }

              @Override
              public List<NetChange> between(Instant from, Instant to) {
                return List.of();
              }
            });
  }

  private static Item item(int number) {
    String kind = number % 3 == 0 ? "OTHER#" : "PRODUCT#";
    return new Item(
        Map.of(
            "PK", new Value.S(kind + number), "Total", new Value.N(Integer.toString(number * 7))));
  }

  /** Takes the snapshot by a process of its own, which cuts after two items. */
  Taken take(ObjectStore way, Slice slice) {
    return take(way, slice, SnapshotProgress.none());
  }

  Taken take(ObjectStore way, Slice slice, SnapshotProgress progress) {
    Snapshots snapshots =
        new Snapshots(
            way,
            LAKE,
            dir,
            InstantSource.fixed(NOON.plusSeconds(60)),
            new ExportClient(exports, way, Duration.ofSeconds(1), interval -> {}),
            new ExportReader(way),
            new SnapshotRoll(new RollPolicy(Duration.ofDays(1), 1L << 20, 2), 1L << 20));
    Supplier<TypedTables> tables =
        () ->
            new TypedTables(
                TABLE,
                new ChangesTable(KEYS),
                List.of(PRODUCTS),
                Protection.NONE,
                new SchemaLog(way, LAKE));
    try {
      return snapshots.take(REQUEST, tables, KEYS, slice, progress);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  SnapshotNotes notes() {
    return new SnapshotNotes(store, LAKE);
  }

  /** The key of each item. */
  List<String> keys() {
    return items.stream()
        .map(item -> ((Value.S) item.attribute("PK").orElseThrow()).text())
        .toList();
  }

  byte[] content(ObjectKey key) {
    return store.get(key).orElseThrow();
  }

  List<ObjectKey> dataFilesOfExport() {
    return store.objects().keySet().stream()
        .filter(key -> key.value().endsWith(".json.gz"))
        .sorted()
        .toList();
  }

  /** One column of the visible rows of a table of snapshots, as texts, sorted. */
  List<String> rows(String folder, String column) {
    try {
      Path files = Files.createTempDirectory(dir, "rows-");
      int count = 0;
      for (Map.Entry<ObjectKey, byte[]> object : store.objects().entrySet()) {
        if (object.getKey().value().contains("/" + folder + "/snapshot=20261121T120000Z/")) {
          Files.write(files.resolve(count++ + ".parquet"), object.getValue());
        }
      }
      return count == 0 ? List.of() : ask(files, column);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> ask(Path files, String column) {
    String sql =
        "SELECT %s FROM read_parquet('%s/*.parquet', union_by_name = true) ORDER BY 1"
            .formatted(column, files);
    return SharedDuck.ask(sql).stream().map(row -> row.get(0)).toList();
  }

  /** That fsck finds nothing, and nothing is left to be published. */
  void assertSound(String as) {
    LakeReport report = new LakeCheck(store, LAKE).check(TABLE);
    assertThat(report.findings()).as(as).isEmpty();
    assertThat(report.records()).as(as).isZero();
  }

  /** That every item is there once, in both kinds of tables, and the note says so. */
  void assertComplete(String as) {
    assertSound(as);
    assertThat(new LakeCheck(store, LAKE).check(TABLE).pending()).as(as).isEmpty();
    assertThat(rows("snapshots", "\"PK\"")).as(as).containsExactlyInAnyOrderElementsOf(keys());
    assertThat(rows("products_snapshots", "'PRODUCT#' || product_id"))
        .as(as)
        .containsExactlyInAnyOrderElementsOf(
            keys().stream().filter(key -> key.startsWith("PRODUCT")).toList());
    assertThat(notes().newest(TABLE))
        .as(as)
        .hasValueSatisfying(
            note -> {
              assertThat(note.exportedAt()).isEqualTo(NOON);
              assertThat(note.items()).isEqualTo(items.size());
              assertThat(note.entities()).containsExactly("products");
              assertThat(note.export()).isEqualTo(exports.started().get(0));
            });
  }
}
