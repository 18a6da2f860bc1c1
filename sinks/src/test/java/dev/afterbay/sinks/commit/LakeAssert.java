package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.check.LakeReport;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.toparquet.ParquetRows;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.UploadId;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;

/** Whether a lake holds exactly the records of one ended shard. */
final class LakeAssert {
  private LakeAssert() {}

  /** Checks everything that the protocol promises, told from the stored bytes alone. */
  static void holdsExactly(
      MemoryObjectStore store,
      Lake lake,
      StreamShard shard,
      List<ChangeEvent> records,
      Collection<UploadId> aborted,
      String run) {
    List<Entry> entries = chain(store, lake, shard, run);
    assertThat(entries.get(entries.size() - 1).ends()).as(run).isTrue();
    assertThat(entries.get(entries.size() - 1).cursor()).as(run).isEqualTo(after(records));
    assertThat(rows(store, lake, shard, run))
        .as(run)
        .containsExactlyElementsOf(
            records.stream().map(record -> record.sequenceNumber().padded()).toList());
    for (Entry entry : entries) {
      for (StagedFile file : entry.files()) {
        assertThat(aborted).as(run).doesNotContain(file.upload().upload());
      }
    }
    LakeReport report = new LakeCheck(store, lake).check(shard.table());
    assertThat(report.findings()).as(run).isEmpty();
    assertThat(report.pending()).as(run).isEmpty();
    assertThat(report.records()).as(run).isEqualTo(records.size());
  }

  /** The entries from the start of the log, each found where the one before it ended. */
  private static List<Entry> chain(
      MemoryObjectStore store, Lake lake, StreamShard shard, String run) {
    LogEntries log = new LogEntries(store, lake);
    List<Entry> entries = new ArrayList<>();
    SequenceNumber position = Entry.START;
    while (log.read(shard, position) instanceof Observed.Present<Entry> present) {
      entries.add(present.value());
      if (present.value().last().equals(position)) {
        break;
      }
      position = present.value().last();
    }
    assertThat(log.list(shard)).as(run).hasSize(entries.size());
    return entries;
  }

  /** The sequence numbers of all visible rows, file by file in the order of their names. */
  private static List<String> rows(
      MemoryObjectStore store, Lake lake, StreamShard shard, String run) {
    Map<String, byte[]> files = new TreeMap<>();
    for (Map.Entry<ObjectKey, byte[]> object : store.objects().entrySet()) {
      if (object.getKey().value().startsWith(lake.data(shard.table()))) {
        assertThat(files.put(object.getKey().name(), object.getValue())).as(run).isNull();
      }
    }
    List<String> rows = new ArrayList<>();
    try {
      for (byte[] file : files.values()) {
        for (GenericRecord row : ParquetRows.read(file)) {
          rows.add(row.get("cdc_seq").toString());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(run, e);
    }
    return rows;
  }

  private static ShardCursor after(List<ChangeEvent> records) {
    ShardCursor cursor = ShardCursor.start();
    for (ChangeEvent record : records) {
      cursor = cursor.accept(record).orElseThrow().cursor();
    }
    return cursor;
  }
}
