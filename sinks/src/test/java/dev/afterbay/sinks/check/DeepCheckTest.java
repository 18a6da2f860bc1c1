package dev.afterbay.sinks.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.LogEntries;
import dev.afterbay.sinks.commit.Opening;
import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.ShardHistory;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.erasures.ErasedFile;
import dev.afterbay.sinks.erasures.ErasedFiles;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.toparquet.ParquetRows;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.image.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeepCheckTest {
  private static final StreamShard PARENT = ShardFeed.shard("shardId-1");
  private static final StreamShard CHILD = ShardFeed.shard("shardId-2");
  private static final StreamShard OTHER = ShardFeed.shard("shardId-9");
  private static final Lake LAKE = new Lake("lake");

  private static final RowReader READER =
      (file, schema, rows) -> {
        List<GenericRecord> read = ParquetRows.read(file);
        read.forEach(rows);
        return read.size();
      };

  @TempDir Path scratch;
  private final MemoryObjectStore store = new MemoryObjectStore();

  /** The parent has commits of records 1-2 and 3-4 (its end), the child one of record 5. */
  @BeforeEach
  void fill() {
    ShardLog parent = opened(PARENT);
    commit(parent, 1, 2);
    assertThat(parent.commitEnd(ShardFeed.fill(parent.begin(), 3, 4)))
        .isInstanceOf(Outcome.Committed.class);
    ShardLog child = ((Opening.Opened) log().openChild(CHILD, PARENT.shard())).log();
    commit(child, 5, 5);
  }

  @Test
  void allRowsOfAGoodLakeAreReadAndSound() {
    LakeReport report = deep();

    assertThat(report.findings()).isEmpty();
    assertThat(report.rows()).isEqualTo(5);
  }

  @Test
  void aFileOfAnotherShardInTheRightPlaceIsFound() {
    ObjectKey file = file(PARENT, 0);
    commit(opened(OTHER), 1, 2);
    replace(file, file(OTHER, 0));

    assertThat(findings()).contains(tuple(Damage.WRONG_ROWS, file));
    assertThat(details()).anyMatch(detail -> detail.contains("is of shard shardId-9"));
  }

  @Test
  void rowsOfAnotherCommitAreFound() {
    ObjectKey file = file(PARENT, 0);
    ObjectKey later = LAKE.keyOf("e_commerce_data/aside/later.parquet");
    store.overwrite(later, store.get(filesOf(PARENT, 1).get(0).key()).orElseThrow());
    replace(file, later);

    assertThat(details()).anyMatch(detail -> detail.contains("is not among the records"));
  }

  @Test
  void bytesThatAreDamagedBetweenHeadAndFooterAreFound() {
    ObjectKey file = file(PARENT, 0);
    byte[] content = store.get(file).orElseThrow();
    for (int i = 4; i < content.length / 3; i++) {
      content[i] = 1;
    }
    store.overwrite(file, content);

    assertThat(new LakeCheck(store, LAKE).check(ShardFeed.TABLE).findings()).isEmpty();
    assertThat(findings()).contains(tuple(Damage.UNREADABLE_ROWS, file));
  }

  @Test
  void recordsThatAreExchangedForOthersHaveAnotherDigestTogether() {
    ShardLog other = ((Opening.Opened) lake("other").open(PARENT)).log();
    Segment segment = other.begin();
    ShardFeed.feed(segment, changed(ShardFeed.record(1)));
    ShardFeed.feed(segment, ShardFeed.record(2));
    assertThat(other.commit(segment)).isInstanceOf(Outcome.Committed.class);
    ObjectKey theirs =
        ShardHistory.read(new LogEntries(store, new Lake("other")), PARENT)
            .live()
            .get(0)
            .files()
            .get(0)
            .key();
    replace(file(PARENT, 0), theirs);

    assertThat(findings()).contains(tuple(Damage.WRONG_ROWS, LAKE.commit(PARENT, Entry.START)));
  }

  @Test
  void rowsThatWereErasedAreNotMissedAndAnyOthersAre() throws IOException {
    StagedFile file = filesOf(PARENT, 0).get(0);
    List<GenericRecord> rows = ParquetRows.read(store.get(file.key()).orElseThrow());
    byte[] fewer = ParquetRows.write(rows.get(0).getSchema(), rows.subList(1, 2), scratch);
    new ErasedFiles(store, LAKE).note(file.key(), "one", new ErasedFile(fewer.length, 1, 1));
    assertThat(deep().findings()).as("noted and not done").isEmpty();

    store.overwrite(file.key(), fewer);
    LakeReport erased = deep();
    byte[] none = ParquetRows.write(rows.get(0).getSchema(), List.of(), scratch);
    store.overwrite(file.key(), none);

    assertThat(erased.findings()).isEmpty();
    assertThat(erased.rows()).isEqualTo(4);
    assertThat(findings()).contains(tuple(Damage.WRONG_SIZE, file.key()));
  }

  @Test
  void theLastFileOfALogMayLackRowsThatWereErased() throws IOException {
    StagedFile file = filesOf(CHILD, 0).get(0);
    List<GenericRecord> rows = ParquetRows.read(store.get(file.key()).orElseThrow());
    byte[] none = ParquetRows.write(rows.get(0).getSchema(), List.of(), scratch);
    store.overwrite(file.key(), none);
    assertThat(log().open(CHILD)).as("not noted").isInstanceOf(Opening.Halted.class);

    new ErasedFiles(store, LAKE).note(file.key(), "one", new ErasedFile(none.length, 0, 1));

    assertThat(log().open(CHILD)).isInstanceOf(Opening.Opened.class);
    assertThat(deep().findings()).isEmpty();
  }

  private static ChangeEvent changed(ChangeEvent event) {
    Image other = Image.parse(event.keys().json().replace("item", "atom"));
    return new ChangeEvent(
        event.operation(),
        event.approximateCreation(),
        event.sequenceNumber(),
        event.eventId(),
        event.removedByTtl(),
        other,
        other,
        null);
  }

  private void replace(ObjectKey file, ObjectKey by) {
    store.overwrite(file, store.get(by).orElseThrow());
  }

  private List<Tuple> findings() {
    return deep().findings().stream()
        .map(finding -> tuple(finding.damage(), finding.key()))
        .toList();
  }

  private List<String> details() {
    return deep().findings().stream().map(Finding::detail).toList();
  }

  private LakeReport deep() {
    return new LakeCheck(store, LAKE).checkDeeply(ShardFeed.TABLE, READER);
  }

  private ObjectKey file(StreamShard shard, int entry) {
    return filesOf(shard, entry).get(0).key();
  }

  private List<StagedFile> filesOf(StreamShard shard, int entry) {
    return ShardHistory.read(new LogEntries(store, LAKE), shard).live().get(entry).files();
  }

  private CommitLog log() {
    return lake("lake");
  }

  private CommitLog lake(String prefix) {
    return new CommitLog(store, new Lake(prefix), scratch, InstantSource.fixed(ShardFeed.TIME));
  }

  private ShardLog opened(StreamShard shard) {
    return ((Opening.Opened) log().open(shard)).log();
  }

  private static void commit(ShardLog log, int from, int to) {
    assertThat(log.commit(ShardFeed.fill(log.begin(), from, to)))
        .isInstanceOf(Outcome.Committed.class);
  }
}
