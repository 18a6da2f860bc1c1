package dev.afterbay.sinks.commit;

import static dev.afterbay.sinks.commit.CommitPhase.GIVE_WAY;
import static dev.afterbay.sinks.commit.CommitPhase.PUBLISH;
import static dev.afterbay.sinks.commit.CommitPhase.PUT_ENTRY;
import static dev.afterbay.sinks.commit.CommitPhase.STAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.afterbay.sinks.commit.protocol.CommitId;
import dev.afterbay.sinks.commit.protocol.Entries;
import dev.afterbay.sinks.commit.protocol.Entry.Ending;
import dev.afterbay.sinks.commit.protocol.Gap;
import dev.afterbay.sinks.faults.Crash;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.FaultyStore;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.transforms.change.StreamShard;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitWatchTest {
  private static final StreamShard SHARD = ShardFeed.shard("shardId-1");
  private static final Lake LAKE = new Lake("lake");

  @TempDir Path scratch;
  private final MemoryObjectStore store = new MemoryObjectStore();

  @Test
  void aCommitIsStagedPutAndPublished() {
    Seen seen = new Seen();
    ShardLog log = open(Disturbance.NONE, seen);

    Outcome outcome = log.commit(ShardFeed.fill(log.begin(), 1, 2));

    assertThat(seen.phases).containsExactly(STAGE, PUT_ENTRY, PUBLISH);
    assertThat(seen.outcome).isSameAs(outcome).isInstanceOf(Outcome.Committed.class);
    assertThat(seen.failure).isNull();
    assertThat(seen.shard).isEqualTo(SHARD);
    assertThat(seen.id).isEqualTo(((Outcome.Committed) outcome).entry().id());
  }

  @Test
  void anEntryThatIsLookedForIsStillBeingPut() {
    Seen seen = new Seen();
    ShardLog log = open(new FirstCommit.DeafAfterStaging(true), seen);

    Outcome outcome = log.commit(ShardFeed.fill(log.begin(), 1, 2));

    assertThat(seen.phases).startsWith(STAGE, PUT_ENTRY, PUT_ENTRY);
    assertThat(seen.phases).doesNotContain(GIVE_WAY, PUBLISH);
    assertThat(seen.outcome).isSameAs(outcome).isInstanceOf(Outcome.Halted.class);
  }

  @Test
  void whoeverLosesTheRaceGivesWayAndPublishesTheirs() {
    Seen seen = new Seen();
    ShardLog loser = open(Disturbance.NONE, seen);
    Segment lost = ShardFeed.fill(loser.begin(), 1, 4);
    crashBeforePublishing();

    Outcome outcome = loser.commit(lost);

    assertThat(seen.phases)
        .as("the entry is put and read, two uploads are dropped, the log's end is looked for")
        .containsExactly(STAGE, PUT_ENTRY, PUT_ENTRY, GIVE_WAY, GIVE_WAY, GIVE_WAY, PUBLISH);
    assertThat(seen.outcome).isSameAs(outcome).isInstanceOf(Outcome.Superseded.class);
  }

  @Test
  void aGapIsMadeKnownWhileItIsPublished() {
    Seen seen = new Seen();
    ShardLog log = open(Disturbance.NONE, seen);
    Gap gap = Entries.gap(SHARD, "entry-000", Ending.SHARD_END).gap().orElseThrow();

    Outcome outcome = log.commitGap(gap);

    assertThat(seen.phases).startsWith(STAGE, PUT_ENTRY, PUBLISH, PUBLISH);
    assertThat(seen.phases.subList(2, seen.phases.size())).containsOnly(PUBLISH);
    assertThat(seen.outcome).isSameAs(outcome).isInstanceOf(Outcome.Committed.class);
  }

  @Test
  void aCommitThatBreaksOffIsToldOf() {
    Seen seen = new Seen();
    ShardLog log = open(FirstCommit.crashBeforeCompleting(), seen);

    assertThatExceptionOfType(Crash.class)
        .isThrownBy(() -> log.commit(ShardFeed.fill(log.begin(), 1, 2)))
        .satisfies(crash -> assertThat(seen.failure).isSameAs(crash));

    assertThat(seen.phases).containsExactly(STAGE, PUT_ENTRY, PUBLISH);
    assertThat(seen.outcome).isNull();
  }

  @Test
  void filesThatCannotBeStagedAreNoFailureButAnOutcome() {
    Seen seen = new Seen();
    ShardLog log = open(new FirstCommit.DeafFrom(3), seen);

    Outcome outcome = log.commit(ShardFeed.fill(log.begin(), 1, 2));

    assertThat(seen.phases).containsExactly(STAGE);
    assertThat(seen.outcome).isSameAs(outcome).isInstanceOf(Outcome.Halted.class);
    assertThat(seen.failure).isNull();
  }

  private void crashBeforePublishing() {
    ShardLog dying = open(FirstCommit.crashBeforeCompleting(), new Seen());
    assertThatExceptionOfType(Crash.class)
        .isThrownBy(() -> dying.commit(ShardFeed.fill(dying.begin(), 1, 2)));
  }

  private ShardLog open(Disturbance disturbance, CommitObserver observer) {
    CommitLog log =
        new CommitLog(
            new FaultyStore(store, disturbance),
            LAKE,
            Workspace.in(scratch),
            InstantSource.fixed(ShardFeed.TIME),
            observer);
    return ((Opening.Opened) log.open(SHARD)).log();
  }

  /** All that one commit tells. */
  private static final class Seen implements CommitObserver, CommitWatch {
    private final List<CommitPhase> phases = new ArrayList<>();
    private @Nullable StreamShard shard;
    private @Nullable CommitId id;
    private @Nullable Outcome outcome;
    private @Nullable RuntimeException failure;

    @Override
    public CommitWatch begins(StreamShard of, CommitId commit) {
      shard = of;
      id = commit;
      return this;
    }

    @Override
    public void enters(CommitPhase phase) {
      phases.add(phase);
    }

    @Override
    public void ends(Outcome with) {
      outcome = with;
    }

    @Override
    public void fails(RuntimeException with) {
      failure = with;
    }
  }
}
