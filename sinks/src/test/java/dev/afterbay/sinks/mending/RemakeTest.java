package dev.afterbay.sinks.mending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.check.LakeReport;
import dev.afterbay.sinks.check.RowReader;
import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.Opening;
import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.RemadeFiles;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.toparquet.ParquetRows;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.change.StreamShard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemakeTest {
  private static final StreamShard SHARD = ShardFeed.shard("shardId-1");
  private static final StreamShard CHILD = ShardFeed.shard("shardId-2");
  private static final Lake LAKE = new Lake("lake");
  private static final InstantSource CLOCK = InstantSource.fixed(ShardFeed.TIME);

  private static final RowReader READER =
      (file, schema, rows) -> {
        try {
          List<GenericRecord> read = ParquetRows.read(file);
          read.forEach(rows);
          return read.size();
        } catch (RuntimeException e) {
          // What parquet-java throws of damaged bytes is of many kinds.
          throw new IOException(e);
        }
      };

  @TempDir Path scratch;
  private final MemoryObjectStore store = new MemoryObjectStore();

  /** Commits of records 1-2, and of 3-4 with the end; the child has one of record 5. */
  @BeforeEach
  void fill() {
    ShardLog log = ((Opening.Opened) log().open(SHARD)).log();
    assertThat(log.commit(ShardFeed.fill(log.begin(), 1, 2))).isInstanceOf(Outcome.Committed.class);
    assertThat(log.commitEnd(ShardFeed.fill(log.begin(), 3, 4)))
        .isInstanceOf(Outcome.Committed.class);
    ShardLog child = ((Opening.Opened) log().openChild(CHILD, SHARD.shard())).log();
    assertThat(child.commit(ShardFeed.fill(child.begin(), 5, 5)))
        .isInstanceOf(Outcome.Committed.class);
  }

  @Test
  void filesComeBackByteForByteFromTheSameRecords() {
    for (int[] range : new int[][] {{1, 2}, {3, 4}, {5, 5}}) {
      ObjectKey file = file(range[0]);
      byte[] content = store.get(file).orElseThrow();
      store.delete(file);

      BrokenCommit broken = broken().get(0);
      Optional<String> why =
          remake().of(broken, segment -> ShardFeed.fill(segment, range[0], range[1]));

      assertThat(why).isEmpty();
      assertThat(store.get(file)).hasValue(content);
      assertThat(store.uploads()).isEmpty();
      assertThat(check().sound()).isTrue();
    }
  }

  @Test
  void otherRecordsBringNothingBack() {
    ObjectKey file = file(1);
    store.delete(file);

    Optional<String> why = remake().of(broken().get(0), segment -> ShardFeed.fill(segment, 1, 1));

    assertThat(why).hasValueSatisfying(reason -> assertThat(reason).startsWith("there are 1"));
    assertThat(store.head(file)).isEmpty();
    assertThat(store.uploads()).isEmpty();
  }

  @Test
  void aDamagedFileIsReplaced() {
    ObjectKey file = file(1);
    byte[] content = store.get(file).orElseThrow();
    store.overwrite(file, new byte[10]);

    assertThat(remake().of(broken().get(0), segment -> ShardFeed.fill(segment, 1, 2))).isEmpty();

    assertThat(store.get(file)).hasValue(content);
  }

  @Test
  void aFileOfAnotherSizeIsSoundIfItsNoteSaysSo() {
    ObjectKey file = file(1);
    long size = store.head(file).orElseThrow().size();
    ObjectKey entry = LAKE.commit(SHARD, Entry.START);
    String json = new String(store.get(entry).orElseThrow(), StandardCharsets.UTF_8);
    store.overwrite(
        entry,
        json.replace("\"size\":" + size, "\"size\":" + (size + 1))
            .getBytes(StandardCharsets.UTF_8));
    assertThat(check().sound()).isFalse();

    RemadeFiles.note(store, LAKE, file, size);

    assertThat(check().findings()).isEmpty();
    assertThat(RemadeFiles.size(store, LAKE, file)).hasValue(size);
  }

  private ObjectKey file(int first) {
    return store.objects().keySet().stream()
        .filter(key -> key.value().startsWith(LAKE.data(ShardFeed.TABLE)))
        .filter(key -> key.value().contains("-" + ShardFeed.sequenceNumber(first) + "-"))
        .findFirst()
        .orElseThrow();
  }

  private List<BrokenCommit> broken() {
    return BrokenCommit.of(store, LAKE, ShardFeed.TABLE, check().findings());
  }

  private LakeReport check() {
    return new LakeCheck(store, LAKE).checkDeeply(ShardFeed.TABLE, READER);
  }

  private Remake remake() {
    return new Remake(store, store, LAKE, Workspace.in(scratch), CLOCK);
  }

  private CommitLog log() {
    return new CommitLog(store, LAKE, scratch, CLOCK);
  }
}
