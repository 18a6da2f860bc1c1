package dev.afterbay.sinks.rewind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.LogEntries;
import dev.afterbay.sinks.commit.Opening;
import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.ShardHistory;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.commit.protocol.CommitId;
import dev.afterbay.sinks.commit.protocol.Gap;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewindPlanTest {
  private static final Lake LAKE = new Lake("lake");
  private static final StreamShard PARENT = ShardFeed.shard("shardId-1");
  private static final StreamShard CHILD = ShardFeed.shard("shardId-2");
  private static final StreamShard UNREAD = ShardFeed.shard("shardId-3");
  private static final Map<ShardId, Set<ShardId>> CHILDREN =
      Map.of(PARENT.shard(), Set.of(CHILD.shard(), UNREAD.shard()));

  @TempDir Path scratch;

  private final MemoryObjectStore store = new MemoryObjectStore();

  @Test
  void ofALogAllGoesFromTheFirstCommitOnThatReachesTheTime() {
    commit(opened(PARENT), 1, 2);
    commit(opened(PARENT), 3, 4);
    commit(opened(PARENT), 5, 6);

    RewindPlan plan = plan(from(time(4)));

    assertThat(plan.cuts()).singleElement().satisfies(cut -> assertThat(cut.kept()).isEqualTo(1));
    assertThat(plan(from(time(4).plusNanos(1_000))).cuts().get(0).kept()).isEqualTo(2);
    assertThat(plan(from(time(7))).cuts()).isEmpty();
  }

  @Test
  void theCommitThatIsNamedIsTheLastThatStays() {
    commit(opened(PARENT), 1, 2);
    commit(opened(PARENT), 3, 4);
    CommitId first = history(PARENT).live().get(0).id();

    RewindPlan plan = plan(new Criterion(Optional.empty(), Optional.of(first), Optional.empty()));

    assertThat(plan.cuts())
        .singleElement()
        .satisfies(cut -> assertThat(cut.records()).isEqualTo(2));
  }

  @Test
  void aCommitThatNoLogHasIsToldOf() {
    assertThatExceptionOfType(LakeException.class)
        .isThrownBy(
            () ->
                plan(
                    new Criterion(
                        Optional.empty(), Optional.of(new CommitId("00000000")), Optional.empty())))
        .withMessageContaining("No log that can be taken back has the commit 00000000");
  }

  @Test
  void withTheEndOfAParentAllChildrenGoEvenOnesThatNobodyHasRead() {
    endedParentAndChild();

    RewindPlan plan = plan(from(time(2)));

    assertThat(plan.cuts())
        .extracting(cut -> cut.history().shard())
        .containsExactlyInAnyOrder(UNREAD, CHILD, PARENT)
        .endsWith(PARENT);
    assertThat(plan.cuts())
        .filteredOn(cut -> cut.history().shard().equals(UNREAD))
        .singleElement()
        .satisfies(
            cut -> {
              assertThat(cut.tail()).isEmpty();
              assertThat(cut.parent()).hasValue(PARENT.shard());
              assertThat(cut.latest()).isEqualTo(time(1));
            });
  }

  @Test
  void aParentWhoseEndStaysStays() {
    endedParentAndChild();

    RewindPlan plan = plan(from(time(3)));

    assertThat(plan.cuts())
        .singleElement()
        .satisfies(
            cut -> {
              assertThat(cut.history().shard()).isEqualTo(CHILD);
              assertThat(cut.kept()).isZero();
              assertThat(cut.position()).isEmpty();
            });
  }

  @Test
  void aShardThatIsNamedTakesOnlyItsDescendantsWithIt() {
    endedParentAndChild();

    assertThat(
            plan(new Criterion(Optional.of(time(1)), Optional.empty(), Optional.of(CHILD.shard())))
                .cuts())
        .extracting(cut -> cut.history().shard())
        .containsExactly(CHILD);
  }

  @Test
  void aGapRightBehindWhatStaysStaysToo() {
    withGap();

    RewindPlan plan = plan(from(time(5)));

    assertThat(plan.cuts()).singleElement().satisfies(cut -> assertThat(cut.kept()).isEqualTo(2));
  }

  @Test
  void aGapBehindWhatWouldBeReadAgainIsAReasonToRefuse() {
    withGap();

    assertThatExceptionOfType(LakeException.class)
        .isThrownBy(() -> plan(from(time(1))))
        .withMessageContaining("has a gap after " + ShardFeed.sequenceNumber(2))
        .withMessageContaining("Go back to a point behind " + time(5))
        .withMessageContaining("'afterbay heal'");
  }

  /** Records 1 and 2, then a gap, then 5. */
  private void withGap() {
    ShardLog log = opened(PARENT);
    commit(log, 1, 2);
    log.commitGap(
        new Gap(
            Gap.Reason.TRIMMED,
            Optional.of(ShardFeed.sequenceNumber(5)),
            time(2),
            time(5),
            "trimmed"));
    commit(log, 5, 5);
  }

  /** Records 1, and 2 with the end; of the child 3. */
  private void endedParentAndChild() {
    ShardLog log = opened(PARENT);
    commit(log, 1, 1);
    log.commitEnd(ShardFeed.fill(log.begin(), 2, 2));
    commit(((Opening.Opened) logs().openChild(CHILD, PARENT.shard())).log(), 3, 3);
  }

  private RewindPlan plan(Criterion criterion) {
    Map<ShardId, ShardHistory> histories = new TreeMap<>();
    for (StreamShard shard : List.of(PARENT, CHILD, UNREAD)) {
      histories.put(shard.shard(), history(shard));
    }
    return RewindPlan.of(histories, CHILDREN, criterion);
  }

  private ShardHistory history(StreamShard shard) {
    return ShardHistory.read(new LogEntries(store, LAKE), shard);
  }

  private static Criterion from(Instant time) {
    return new Criterion(Optional.of(time), Optional.empty(), Optional.empty());
  }

  private static Instant time(int record) {
    return ShardFeed.record(record).approximateCreation();
  }

  private CommitLog logs() {
    return new CommitLog(store, LAKE, scratch, InstantSource.fixed(ShardFeed.TIME));
  }

  private ShardLog opened(StreamShard shard) {
    return ((Opening.Opened) logs().open(shard)).log();
  }

  private static void commit(ShardLog log, int from, int to) {
    assertThat(log.commit(ShardFeed.fill(log.begin(), from, to)))
        .isInstanceOf(Outcome.Committed.class);
  }
}
