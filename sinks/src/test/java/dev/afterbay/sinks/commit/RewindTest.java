package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.check.Damage;
import dev.afterbay.sinks.check.Finding;
import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.check.LakeReport;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Rewind;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.change.StreamShard;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewindTest {
  private static final StreamShard SHARD = ShardFeed.shard("shardId-1");

  @TempDir Path scratch;

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final Rewinder rewinder =
      new Rewinder(store, Writer.LAKE, InstantSource.fixed(ShardFeed.TIME));

  /** Two commits of two records each. */
  @BeforeEach
  void fill() {
    ShardLog log = opened();
    commit(log, 1, 2);
    commit(log, 3, 4);
  }

  @Test
  void aRewindKeepsTheSumsOfWhatStays() {
    Entry first = history().live().get(0);
    begin(1);

    Entry rewind = history().last().orElseThrow();
    assertThat(rewind.cursor()).isEqualTo(first.cursor());
    assertThat(rewind.totals()).isEqualTo(first.totals());
    assertThat(rewind.rewind().map(Rewind::records)).hasValue(2L);
    assertThat(rewind.rewind().map(Rewind::commits)).hasValue(1L);
    assertThat(history().live()).containsExactly(first);
  }

  @Test
  void aLogIsOpenedByNobodyBeforeItsRewindIsComplete() {
    begin(1);

    assertThat(log().open(SHARD))
        .isInstanceOfSatisfying(
            Opening.Halted.class,
            halted -> {
              assertThat(halted.halt()).isEqualTo(Halt.REWOUND);
              assertThat(halted.reason()).contains("'afterbay replay'", "run it again");
            });
    LakeReport report = check();
    assertThat(report.findings())
        .extracting(Finding::damage)
        .contains(Damage.UNFINISHED_REWIND, Damage.STRAY_FILE);
  }

  @Test
  void aLogThatIsRewoundGoesOnWhereItWasCut() {
    begin(1);
    rewinder.complete(SHARD);

    ShardLog log = opened();
    assertThat(log.cursor().position()).hasValue(ShardFeed.sequenceNumber(2));
    assertThat(log.epoch()).isEqualTo(1);
    commit(log, 3, 4);
    assertThat(check().findings()).isEmpty();
    assertThat(check().records()).isEqualTo(4);
    assertThat(LogStatus.read(store, Writer.LAKE, ShardFeed.TABLE).shards())
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.epoch()).isEqualTo(1);
              assertThat(status.commits()).isEqualTo(2);
              assertThat(status.records()).isEqualTo(4);
            });
  }

  @Test
  void aShardOfWhichNothingStaysBeginsRightBeforeItsFirstRecord() {
    begin(0);
    rewinder.complete(SHARD);

    assertThat(opened().cursor().position()).hasValue(ShardFeed.sequenceNumber(1).previous());
    assertThat(check().findings()).isEmpty();
  }

  @Test
  void aWriterThatSleptThroughIsHalted() {
    ShardLog zombie = opened();
    Segment held = ShardFeed.fill(zombie.begin(), 5, 5);
    begin(1);
    rewinder.complete(SHARD);
    commit(opened(), 3, 5);

    Outcome outcome = zombie.commit(held);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Halted.class, halted -> assertThat(halted.halt()).isEqualTo(Halt.REWOUND));
    assertThat(check().findings()).isEmpty();
    assertThat(store.uploads()).isEmpty();
  }

  @Test
  void whatIsSetAsideIsKeptAndToldIfItIsVisibleAgain() {
    ObjectKey file = history().live().get(1).files().get(0).key();
    byte[] content = store.get(file).orElseThrow();
    begin(1);
    rewinder.complete(SHARD);

    assertThat(store.head(file)).isEmpty();
    assertThat(store.get(Writer.LAKE.rewound(SHARD, 1, file))).hasValue(content);
    store.overwrite(file, content);
    assertThat(check().findings())
        .containsExactly(
            new Finding(Damage.STRAY_FILE, file, "the commit that names it was taken back"));
  }

  @Test
  void aFileThatWasMissingBeforeIsNoHindrance() {
    store.delete(history().live().get(0).files().get(0).key());
    begin(0);
    rewinder.complete(SHARD);

    assertThat(check().findings()).isEmpty();
  }

  @Test
  void aLogIsRewoundAgainAndAgain() {
    for (int epoch = 1; epoch <= 3; epoch++) {
      begin(1);
      rewinder.complete(SHARD);
      rewinder.complete(SHARD);
      ShardLog log = opened();
      assertThat(log.epoch()).isEqualTo(epoch);
      commit(log, 3, 4);
    }
    assertThat(check().findings()).isEmpty();
    assertThat(history().live()).hasSize(2);
  }

  @Test
  void aLogThatHasChangedSinceItWasReadIsNotRewound() {
    ShardHistory before = history();
    commit(opened(), 5, 5);

    assertThat(rewinder.begin(before, 1, Optional.empty(), Instant.EPOCH))
        .isEqualTo(Rewinder.Begun.CHANGED);
    assertThat(history().live()).hasSize(3);
  }

  private void begin(int kept) {
    assertThat(rewinder.begin(history(), kept, Optional.empty(), Instant.EPOCH))
        .isEqualTo(Rewinder.Begun.BEGUN);
    assertThat(rewinder.isUnfinished(history())).isTrue();
  }

  private ShardHistory history() {
    return rewinder.read(SHARD);
  }

  private LakeReport check() {
    return new LakeCheck(store, Writer.LAKE).check(ShardFeed.TABLE);
  }

  private CommitLog log() {
    return new CommitLog(store, Writer.LAKE, scratch, InstantSource.fixed(ShardFeed.TIME));
  }

  private ShardLog opened() {
    return ((Opening.Opened) log().open(SHARD)).log();
  }

  private static void commit(ShardLog log, int from, int to) {
    assertThat(log.commit(ShardFeed.fill(log.begin(), from, to)))
        .isInstanceOf(Outcome.Committed.class);
  }
}
