package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.check.LakeReport;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Lake.CommitPlace;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.segment.SlimFeed;
import dev.afterbay.sinks.toparquet.ParquetRows;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Whether a lake holds exactly what was read, told from the stored bytes alone. */
final class LakeAssert {
  /** Of files by their content: enumerations write the same ones again and again. */
  private static final Map<ByteBuffer, List<String>> ROWS = new ConcurrentHashMap<>();

  private LakeAssert() {}

  /**
   * Checks everything that the protocol promises once all shards have ended: each record in one
   * visible file, in order; unbroken chains; the digest and the counts that a single writer would
   * have come to; no file without an entry and none that is missing.
   */
  static void holdsExactly(MemoryObjectStore store, Lake lake, List<Reading> readings, String run) {
    ShardCursor cursor = ShardCursor.start();
    List<String> records = new ArrayList<>();
    for (Reading reading : readings) {
      for (ChangeEvent record : reading.records()) {
        if (reading.gapBefore().filter(record.sequenceNumber()::equals).isPresent()) {
          cursor = cursor.skipTo(record.sequenceNumber().previous());
        }
        cursor = cursor.accept(record).orElseThrow().cursor();
        records.add(record.sequenceNumber().padded());
      }
      Entry last = last(chain(store, lake, reading.shard()));
      if (!last.ends() || !last.cursor().equals(cursor)) {
        throw new AssertionError(
            "The log of %s ends with %s, and not at %s: %s"
                .formatted(reading.shard(), last, cursor, run));
      }
      if (last.totals().records() != reading.records().size()) {
        throw new AssertionError("The log counts " + last.totals() + ": " + run);
      }
      cursor = cursor.child();
    }
    assertThat(rows(store, lake)).as(run).isEqualTo(records);
    assertThat(RecordedGap.readAll(store, lake, ShardFeed.TABLE).gaps())
        .as(run)
        .extracting(gap -> gap.gap().before())
        .containsExactlyElementsOf(
            readings.stream().map(Reading::gapBefore).filter(Optional::isPresent).toList());
    LakeReport report = new LakeCheck(store, lake).check(ShardFeed.TABLE);
    assertThat(report.findings()).as(run).isEmpty();
    assertThat(report.pending()).as(run).isEmpty();
    assertThat(report.records()).as(run).isEqualTo(records.size());
  }

  /** The entries from the start of the log, each found where the one before it ended. */
  static List<Entry> chain(MemoryObjectStore store, Lake lake, StreamShard shard) {
    LogEntries log = new LogEntries(store, lake);
    List<Entry> entries = new ArrayList<>();
    CommitPlace place = new CommitPlace(shard, 0, Entry.START);
    long met = 0;
    while (log.read(place) instanceof Observed.Present<Entry> present) {
      Entry entry = present.value();
      met++;
      if (entry.rewind().isPresent()) {
        mustHaveSetAside(store, lake, entry);
        entries.removeIf(entry.rewind().get()::takesBack);
      } else {
        entries.add(entry);
      }
      place = new CommitPlace(shard, entry.nextEpoch(), entry.following());
    }
    long stored = log.list(shard).count();
    if (stored != met) {
      throw new AssertionError(
          "The chain of %s has %d of %d entries, and breaks at %s"
              .formatted(shard, met, stored, place));
    }
    return entries;
  }

  private static void mustHaveSetAside(MemoryObjectStore store, Lake lake, Entry rewind) {
    for (ObjectKey file : rewind.rewind().orElseThrow().setAside()) {
      if (store.head(lake.rewound(rewind.shard(), rewind.nextEpoch(), file)).isEmpty()) {
        throw new AssertionError("File " + file + " is lost, and was to be kept: " + rewind);
      }
    }
  }

  private static Entry last(List<Entry> entries) {
    if (entries.isEmpty()) {
      throw new AssertionError("There is no log");
    }
    return entries.get(entries.size() - 1);
  }

  /** The sequence numbers of all visible rows, file by file in the order of their names. */
  private static List<String> rows(MemoryObjectStore store, Lake lake) {
    Map<String, byte[]> files = new TreeMap<>();
    store
        .objects()
        .forEach(
            (key, content) -> {
              if (isData(lake, key) && files.put(key.name(), content) != null) {
                throw new AssertionError("Two files are called " + key.name());
              }
            });
    return files.values().stream()
        .flatMap(file -> ROWS.computeIfAbsent(ByteBuffer.wrap(file), LakeAssert::read).stream())
        .toList();
  }

  private static boolean isData(Lake lake, ObjectKey key) {
    String table = lake.data(ShardFeed.TABLE);
    return key.value().startsWith(table) && !key.value().startsWith(table + LakeTable.GAPS + "/");
  }

  private static List<String> read(ByteBuffer file) {
    try {
      return ParquetRows.read(file.array()).stream()
          .map(row -> row.get(SlimFeed.COLUMN).toString())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
