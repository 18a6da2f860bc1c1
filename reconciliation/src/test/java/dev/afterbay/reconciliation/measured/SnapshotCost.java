package dev.afterbay.reconciliation.measured;

import dev.afterbay.reconciliation.export.ExportReader;
import dev.afterbay.reconciliation.snapshot.Slice;
import dev.afterbay.reconciliation.snapshot.SnapshotProgress;
import dev.afterbay.reconciliation.snapshot.Snapshots;
import dev.afterbay.reconciliation.snapshot.Taken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a snapshot costs, from an export on this disk into a lake on this disk. One process for
 * each: {@code generate DIR ITEMS}, then {@code snapshot DIR RAW|TYPED}.
 */
final class SnapshotCost {
  /** As the command shares the heap. */
  private static final int SHARE_OF_HEAP = 4;

  private SnapshotCost() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Usage usage = new Usage();
    Path dir = Path.of(arguments[1]);
    FolderStore store = new FolderStore(Files.createDirectories(dir.resolve("store")));
    Path scratch = Files.createDirectories(dir.resolve("scratch"));
    if ("generate".equals(arguments[0])) {
      new Generation(store, scratch, Integer.parseInt(arguments[2]), 1).export();
      return;
    }
    Shop.Tables tables = Shop.Tables.valueOf(arguments[2]);
    Taken taken =
        new Snapshots(
                store,
                Shop.LAKE,
                scratch,
                () -> Shop.AT,
                Shop.exports(store),
                new ExportReader(store),
                Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP)
            .take(
                Shop.REQUEST,
                () -> tables.in(store),
                Shop.KEYS,
                Slice.WHOLE,
                SnapshotProgress.none());
    long items = ((Taken.Complete) taken).snapshot().items();
    System.out.printf(
        Locale.ROOT,
        "  snapshot: %,d items, heap of %d MB%n",
        items,
        Runtime.getRuntime().maxMemory() >> 20);
    usage.print("snapshot", items);
  }
}
