package dev.afterbay.sinks.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.LogEntries;
import dev.afterbay.sinks.commit.Opening;
import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeCheckTest {
  private static final StreamShard PARENT = ShardFeed.shard("shardId-1");
  private static final StreamShard CHILD = ShardFeed.shard("shardId-2");
  private static final Lake LAKE = new Lake("lake");
  private static final SequenceNumber SECOND = ShardFeed.sequenceNumber(2);

  @TempDir Path scratch;
  private final MemoryObjectStore store = new MemoryObjectStore();

  /** The parent has commits of records 1-2, 3-4 and 5 (its end), the child one of record 6. */
  @BeforeEach
  void fill() {
    ShardLog parent = ((Opening.Opened) log().open(PARENT)).log();
    assertCommitted(parent.commit(filled(parent, 1, 2)));
    assertCommitted(parent.commit(filled(parent, 3, 4)));
    assertCommitted(parent.commitEnd(filled(parent, 5, 5)));
    ShardLog child = ((Opening.Opened) log().openChild(CHILD, PARENT.shard())).log();
    assertCommitted(child.commit(filled(child, 6, 6)));
  }

  @Test
  void aGoodLakeIsSound() {
    assertThat(check()).isEqualTo(new LakeReport(2, 4, 4, 6, 0, List.of(), List.of()));
    assertThat(check().sound()).isTrue();
  }

  @Test
  void aRecordMayStandInQuarantineAndComeOutThroughALogOfItsOwn() {
    ShardLog child = ((Opening.Opened) log().openChild(CHILD, PARENT.shard())).log();
    Segment segment = child.begin();
    ShardFeed.setAside(segment, 7);
    ShardFeed.fill(segment, 8, 8);
    assertCommitted(child.commit(segment));
    ShardLog quarantine = ((Opening.Opened) log().open(ShardFeed.shard("quarantine"))).log();
    assertCommitted(quarantine.commit(filled(quarantine, 1, 1)));

    LakeReport report = check();

    assertThat(report).isEqualTo(new LakeReport(3, 6, 7, 8, 0, List.of(), List.of()));
  }

  @Test
  void aDeletedFileIsMissing() {
    for (StreamShard shard : List.of(PARENT, CHILD)) {
      StagedFile file = file(shard, Entry.START);
      store.delete(file.key());
    }

    assertFindings(
        tuple(Damage.MISSING_FILE, file(PARENT, Entry.START).key()),
        tuple(Damage.MISSING_FILE, file(CHILD, Entry.START).key()));
    assertThat(check().sound()).isFalse();
  }

  @Test
  void aTruncatedFileHasTheWrongSize() {
    StagedFile file = file(PARENT, SECOND);
    byte[] content = store.get(file.key()).orElseThrow();
    store.overwrite(file.key(), Arrays.copyOf(content, content.length - 10));

    assertFindings(tuple(Damage.WRONG_SIZE, file.key()));
    assertThat(check().findings().get(0).detail())
        .isEqualTo(
            "it has %d bytes and %d were committed".formatted(file.size() - 10, file.size()));
  }

  @Test
  void aFileThatIsNoParquetHasTheWrongRowCount() {
    StagedFile file = file(PARENT, SECOND);
    store.overwrite(file.key(), new byte[(int) file.size()]);

    assertFindings(tuple(Damage.WRONG_ROW_COUNT, file.key()));
    assertThat(check().findings().get(0).detail()).contains("footer cannot be read");
  }

  @Test
  void anotherRowCountInTheFooterIsFound() {
    StagedFile file = file(PARENT, SECOND);
    rewrite(PARENT, SECOND, "\"rows\":2", "\"rows\":3");

    assertThat(check().findings())
        .extracting(Finding::damage, Finding::key)
        .containsExactlyInAnyOrder(
            tuple(Damage.WRONG_ROW_COUNT, file.key()),
            tuple(Damage.WRONG_ROW_COUNT, LAKE.commit(PARENT, SECOND)));
    assertThat(check().findings())
        .extracting(Finding::detail)
        .contains(
            "it has 2 rows and 3 were committed",
            "it has 2 records, but 3 rows of changes, quarantine, snapshots, audits, healings");
  }

  @Test
  void aFileThatNoEntryNamesIsStray() {
    ObjectKey stray = LAKE.keyOf("e_commerce_data/changes/dt=2026-11-21/hh=05/copy.parquet");
    store.overwrite(stray, new byte[1]);

    assertFindings(tuple(Damage.STRAY_FILE, stray));
  }

  @Test
  void whatNoQuerySeesAndWhatTheLogDoesNotGovernIsNotStray() {
    store.overwrite(LAKE.keyOf("e_commerce_data/changes/_tmp/x.parquet"), new byte[1]);
    store.overwrite(LAKE.keyOf("e_commerce_data/changes/.x.parquet"), new byte[1]);
    store.overwrite(LAKE.keyOf("another_table/changes/x.parquet"), new byte[1]);

    assertThat(check().sound()).isTrue();
  }

  @Test
  void aDeletedEntryBreaksTheChainAndOrphansItsFile() {
    ObjectKey orphan = file(PARENT, SECOND).key();
    store.delete(LAKE.commit(PARENT, SECOND));

    assertFindings(
        tuple(Damage.BROKEN_CHAIN, LAKE.commit(PARENT, ShardFeed.sequenceNumber(4))),
        tuple(Damage.STRAY_FILE, orphan));
  }

  @Test
  void aDeletedFirstEntryBreaksTheChain() {
    ObjectKey orphan = file(PARENT, Entry.START).key();
    store.delete(LAKE.commit(PARENT, Entry.START));

    assertFindings(
        tuple(Damage.BROKEN_CHAIN, LAKE.commit(PARENT, SECOND)), tuple(Damage.STRAY_FILE, orphan));
  }

  @Test
  void aGarbledEntryIsNamedAndDoesNotPassForABrokenChain() {
    ObjectKey orphan = file(PARENT, SECOND).key();
    store.overwrite(LAKE.commit(PARENT, SECOND), "{\"format\":1".getBytes(UTF_8));

    assertFindings(
        tuple(Damage.UNREADABLE_ENTRY, LAKE.commit(PARENT, SECOND)),
        tuple(Damage.STRAY_FILE, orphan));
  }

  @Test
  void anEntryUnderAnothersKeyIsUnreadable() {
    byte[] content = store.get(LAKE.commit(CHILD, Entry.START)).orElseThrow();
    store.overwrite(LAKE.commit(CHILD, SECOND), content);

    assertThat(check().findings())
        .extracting(Finding::damage, Finding::key)
        .containsExactly(tuple(Damage.UNREADABLE_ENTRY, LAKE.commit(CHILD, SECOND)));
    assertThat(check().findings().get(0).detail()).contains("it stands for " + CHILD);
  }

  @Test
  void anObjectInTheLogThatIsNoEntryIsNamed() {
    ObjectKey key = new ObjectKey(LAKE.commits(PARENT) + "notes.txt");
    store.overwrite(key, new byte[1]);

    assertFindings(tuple(Damage.UNREADABLE_ENTRY, key));
  }

  @Test
  void anEntryThatReachesIntoTheNextOverlapsIt() {
    String last = ShardFeed.sequenceNumber(2).padded();
    String beyond = ShardFeed.sequenceNumber(3).padded();
    rewrite(PARENT, Entry.START, "\"last\":\"" + last, "\"last\":\"" + beyond);

    assertFindings(tuple(Damage.OVERLAP, LAKE.commit(PARENT, SECOND)));
  }

  @Test
  void sumsThatDoNotContinueAreFound() {
    rewrite(PARENT, SECOND, "\"commits\":2", "\"commits\":7");

    assertThat(check().findings()).extracting(Finding::damage).containsOnly(Damage.WRONG_TOTALS);
  }

  @Test
  void aChildBeforeItsParentsEndIsFound() {
    ObjectKey end = LAKE.commit(PARENT, ShardFeed.sequenceNumber(4));
    ObjectKey orphan = file(PARENT, ShardFeed.sequenceNumber(4)).key();
    store.delete(end);

    assertFindings(
        tuple(Damage.CHILD_BEFORE_PARENT_END, LAKE.commit(CHILD, Entry.START)),
        tuple(Damage.STRAY_FILE, orphan));
  }

  @Test
  void anEntryAfterTheEndIsFound() {
    rewrite(PARENT, SECOND, "\"end\":false", "\"end\":true");

    assertFindings(tuple(Damage.ENTRY_AFTER_END, LAKE.commit(PARENT, ShardFeed.sequenceNumber(4))));
  }

  @Test
  void aLastEntryWhoseUploadIsStagedIsPendingAndNoDamage() {
    StagedFile file = file(CHILD, Entry.START);
    unpublish(file, CHILD, Entry.START);

    LakeReport report = check();

    assertThat(report.findings()).isEmpty();
    assertThat(report.pending()).containsExactly(file.key());
  }

  @Test
  void aStagedUploadOfAnEntryThatHasASuccessorIsDamage() {
    StagedFile file = file(PARENT, SECOND);
    unpublish(file, PARENT, SECOND);

    assertFindings(tuple(Damage.MISSING_FILE, file.key()));
  }

  /** Takes a file back to where it was before it was published. */
  private void unpublish(StagedFile file, StreamShard shard, SequenceNumber after) {
    byte[] content = store.get(file.key()).orElseThrow();
    store.delete(file.key());
    String upload = store.begin(file.key()).value();
    String before = file.upload().upload().value();
    rewrite(shard, after, before, upload);
    assertThat(
            store.uploadPart(
                file.key(), file(shard, after).upload().upload(), 1, ByteBuffer.wrap(content)))
        .isEqualTo(file.upload().parts().get(0));
  }

  private void rewrite(StreamShard shard, SequenceNumber after, String part, String replacement) {
    ObjectKey key = LAKE.commit(shard, after);
    String entry = new String(store.get(key).orElseThrow(), UTF_8);
    assertThat(entry).contains(part);
    store.overwrite(key, entry.replace(part, replacement).getBytes(UTF_8));
  }

  private void assertFindings(Tuple... findings) {
    assertThat(check().findings())
        .extracting(Finding::damage, Finding::key)
        .containsExactlyInAnyOrder(findings);
  }

  private LakeReport check() {
    return new LakeCheck(store, LAKE).check(ShardFeed.TABLE);
  }

  private StagedFile file(StreamShard shard, SequenceNumber after) {
    Observed<Entry> entry = new LogEntries(store, LAKE).read(shard, after);
    return ((Observed.Present<Entry>) entry).value().files().get(0);
  }

  private CommitLog log() {
    return new CommitLog(store, LAKE, scratch, InstantSource.fixed(ShardFeed.TIME));
  }

  private static void assertCommitted(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Committed.class);
  }

  private static Segment filled(ShardLog log, int from, int to) {
    return ShardFeed.fill(log.begin(), from, to);
  }
}
