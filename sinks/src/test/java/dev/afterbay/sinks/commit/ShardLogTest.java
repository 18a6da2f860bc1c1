package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.faults.Crash;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.FaultyStore;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.UploadId;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardLogTest {
  private static final StreamShard SHARD = ShardFeed.shard("shardId-1");
  private static final StreamShard CHILD = ShardFeed.shard("shardId-2");
  private static final Lake LAKE = new Lake("lake");

  @TempDir Path scratch;
  private final MemoryObjectStore store = new MemoryObjectStore();

  @Test
  void aFreshLogStandsAtTheStart() {
    ShardLog log = open(store, SHARD);

    assertThat(log.shard()).isEqualTo(SHARD);
    assertThat(log.cursor()).isEqualTo(ShardCursor.start());
    assertThat(log.ended()).isFalse();
    assertThat(log.totals().commits()).isZero();
  }

  @Test
  void aCommittedSegmentIsVisibleAndTheLogGoesOnAfterIt() {
    ShardLog log = open(store, SHARD);
    Segment segment = filled(log, 1, 4);

    Outcome outcome = log.commit(segment);

    Entry entry = ((Outcome.Committed) outcome).entry();
    assertThat(entry.files()).hasSize(2);
    for (StagedFile file : entry.files()) {
      assertThat(store.head(file.key()).orElseThrow().size()).isEqualTo(file.size());
    }
    assertThat(store.uploads()).isEmpty();
    assertThat(log.cursor()).isEqualTo(entry.cursor());
    assertThat(((Outcome.Committed) outcome).cursor()).isEqualTo(entry.cursor());
    assertThatIllegalStateException()
        .isThrownBy(() -> ShardFeed.feed(segment, ShardFeed.record(5)))
        .withMessageContaining("was discarded");
    assertThat(log.cursor().position()).hasValue(ShardFeed.sequenceNumber(4));
    assertThat(log.totals().records()).isEqualTo(4);
    assertThat(open(store, SHARD).cursor()).isEqualTo(log.cursor());
  }

  @Test
  void aSmallCommitCostsFourRequests() {
    FaultyStore counting = new FaultyStore(store, Disturbance.NONE);
    ShardLog log = open(counting, SHARD);
    int before = counting.calls();

    Outcome outcome = log.commit(filled(log, 1, 2));

    assertThat(outcome).isInstanceOf(Outcome.Committed.class);
    assertThat(counting.calls() - before).as("begin, part, put, complete").isEqualTo(4);
  }

  @Test
  void aLargeFileIsUploadedInPartsThatTheStoreTakes() {
    ShardLog log = open(store, SHARD);
    Segment segment = log.begin();
    Noise.feed(segment, 12 * 1024 * 1024);

    Entry entry = ((Outcome.Committed) log.commit(segment)).entry();

    StagedFile file = entry.files().get(0);
    assertThat(file.upload().parts()).hasSizeGreaterThan(1);
    assertThat(file.upload().parts().get(0).size())
        .isGreaterThanOrEqualTo(ObjectStore.MIN_PART_BYTES);
    assertThat(store.head(file.key()).orElseThrow().size()).isEqualTo(file.size());
  }

  @Test
  void recordsThatAreInTheLogAreDroppedWhenFedAgain() {
    ShardLog log = open(store, SHARD);
    assertThat(log.commit(filled(log, 1, 3))).isInstanceOf(Outcome.Committed.class);

    Segment segment = open(store, SHARD).begin();
    ShardFeed.records(5).forEach(record -> ShardFeed.feed(segment, record));

    assertThat(segment.records()).isEqualTo(2);
  }

  @Test
  void theLoserOfARaceGoesOnAfterTheWinner() {
    ShardLog winner = open(store, SHARD);
    ShardLog loser = open(store, SHARD);
    Segment lost = filled(loser, 1, 4);
    assertThat(winner.commit(filled(winner, 1, 2))).isInstanceOf(Outcome.Committed.class);
    assertThat(winner.commit(filled(winner, 3, 3))).isInstanceOf(Outcome.Committed.class);

    Outcome outcome = loser.commit(lost);

    assertThat(outcome)
        .asInstanceOf(type(Outcome.Superseded.class))
        .returns(winner.cursor(), Outcome.Superseded::cursor);
    assertThat(store.uploads()).as("the loser's uploads are dropped").isEmpty();
    assertThat(loser.cursor()).isEqualTo(winner.cursor());
    assertThat(loser.commit(filled(loser, 4, 4))).isInstanceOf(Outcome.Committed.class);
    assertThat(open(store, SHARD).totals().records()).isEqualTo(4);
  }

  @Test
  void theLoserPublishesWhatTheWinnerLeftUnpublished() {
    ShardLog loser = open(store, SHARD);
    crashBeforePublishing();
    assertThat(store.uploads()).hasSize(1);

    Outcome outcome = loser.commit(filled(loser, 1, 4));

    Entry theirs = ((Outcome.Superseded) outcome).last();
    assertThat(store.uploads()).isEmpty();
    assertThat(store.head(theirs.files().get(0).key())).isPresent();
    assertThat(visibleFiles()).isEqualTo(1);
  }

  @Test
  void aZombieThatPublishesLateFindsItDone() {
    FaultyStore zombieStore =
        new FaultyStore(store, new FirstCommit.ThenBeforeCompleting(this::recover));
    ShardLog zombie = open(zombieStore, SHARD);

    Outcome outcome = zombie.commit(filled(zombie, 1, 2));

    assertThat(outcome).isInstanceOf(Outcome.Committed.class);
    assertThat(visibleFiles()).isEqualTo(1);
  }

  @Test
  void openingPublishesTheLastEntry() {
    crashBeforePublishing();

    ShardLog log = open(store, SHARD);

    assertThat(store.uploads()).isEmpty();
    assertThat(visibleFiles()).isEqualTo(1);
    assertThat(log.cursor().position()).hasValue(ShardFeed.sequenceNumber(2));
  }

  @Test
  void anUnknownCommitHaltsAndDeletesNothing() {
    for (boolean applied : new boolean[] {true, false}) {
      MemoryObjectStore memory = new MemoryObjectStore();
      FaultyStore faulty = new FaultyStore(memory, new FirstCommit.DeafAfterStaging(applied));
      ShardLog log = open(faulty, SHARD);

      Outcome outcome = log.commit(filled(log, 1, 2));

      assertThat(outcome)
          .asInstanceOf(type(Outcome.Halted.class))
          .returns(Halt.UNCERTAIN, Outcome.Halted::halt);
      assertThat(memory.uploads()).hasSize(1);
      assertThatIllegalStateException()
          .isThrownBy(() -> log.commitEnd(log.begin()))
          .withMessageContaining("HALTED");
      assertThat(open(memory, SHARD).cursor().records()).isEqualTo(applied ? 2 : 0);
    }
  }

  @Test
  void aCommitThatCannotBeSeenToBeVisibleHalts() {
    ShardLog log =
        open(new FaultyStore(store, new FirstCommit.DeafFrom(FirstCommit.COMPLETE)), SHARD);

    Outcome outcome = log.commit(filled(log, 1, 2));

    assertThat(outcome)
        .asInstanceOf(type(Outcome.Halted.class))
        .satisfies(
            halted -> {
              assertThat(halted.halt()).isEqualTo(Halt.UNCERTAIN);
              assertThat(halted.reason()).contains("may or may not be visible");
            });
    assertThat(open(store, SHARD).cursor().records()).isEqualTo(2);
  }

  @Test
  void aLogThatCannotBeReadIsNotOpened() {
    assertThat(log(new FaultyStore(store, new FirstCommit.DeafFrom(1))).open(SHARD))
        .isEqualTo(
            new Opening.Halted(
                Halt.UNCERTAIN, "The log of " + SHARD + " cannot be read: no answer in time"));
  }

  @Test
  void aSegmentThatCannotBeStagedHaltsWithoutATrace() {
    ShardLog log = open(new FaultyStore(store, new FirstCommit.DeafFrom(3)), SHARD);

    Outcome outcome = log.commit(filled(log, 1, 2));

    assertThat(outcome)
        .asInstanceOf(type(Outcome.Halted.class))
        .returns(Halt.NOT_STAGED, Outcome.Halted::halt);
    assertThat(store.objects()).isEmpty();
  }

  @Test
  void aCommittedUploadThatWasAbortedBehindOurBackIsDamage() {
    crashBeforePublishing();
    UploadId upload = Set.copyOf(store.uploads()).iterator().next();
    Entry entry = lastEntry();
    store.abort(entry.files().get(0).key(), upload);

    Opening opening = log(store).open(SHARD);

    assertThat(opening)
        .asInstanceOf(type(Opening.Halted.class))
        .satisfies(
            halted -> {
              assertThat(halted.halt()).isEqualTo(Halt.DAMAGED);
              assertThat(halted.reason())
                  .contains(entry.files().get(0).key().value())
                  .contains("its upload is gone too");
            });
  }

  @Test
  void anUnreadableLastEntryIsDamage() {
    ShardLog log = open(store, SHARD);
    assertThat(log.commit(filled(log, 1, 2))).isInstanceOf(Outcome.Committed.class);
    store.overwrite(LAKE.commit(SHARD, Entry.START), new byte[] {'{'});

    assertThat(log(store).open(SHARD))
        .asInstanceOf(type(Opening.Halted.class))
        .returns(Halt.DAMAGED, Opening.Halted::halt);
  }

  @Test
  void anEndedLogTakesNothingMore() {
    ShardLog log = open(store, SHARD);

    Outcome outcome = log.commitEnd(filled(log, 1, 2));

    assertThat(outcome).isInstanceOf(Outcome.Committed.class);
    assertThat(log.ended()).isTrue();
    ShardLog again = open(store, SHARD);
    assertThat(again.ended()).isTrue();
    assertThatIllegalStateException()
        .isThrownBy(() -> again.commitEnd(again.begin()))
        .withMessageContaining("ENDED");
  }

  @Test
  void aShardWithoutRecordsEndsWithAnEmptyEntry() {
    ShardLog log = open(store, SHARD);

    assertThat(log.commitEnd(log.begin())).isInstanceOf(Outcome.Committed.class);

    assertThat(open(store, SHARD).ended()).isTrue();
    assertThat(visibleFiles()).isZero();
  }

  @Test
  void whoeverEndsSecondLearnsThatTheShardHasEnded() {
    ShardLog first = open(store, SHARD);
    ShardLog second = open(store, SHARD);
    assertThat(first.commitEnd(first.begin())).isInstanceOf(Outcome.Committed.class);

    assertThat(second.commitEnd(second.begin())).isInstanceOf(Outcome.Superseded.class);

    assertThat(second.ended()).isTrue();
  }

  @Test
  void aChildWaitsForItsParentsEnd() {
    assertThat(log(store).openChild(CHILD, SHARD.shard()))
        .isEqualTo(new Opening.ParentUnfinished(SHARD));

    ShardLog parent = open(store, SHARD);
    assertThat(parent.commit(filled(parent, 1, 2))).isInstanceOf(Outcome.Committed.class);

    assertThat(log(store).openChild(CHILD, SHARD.shard()))
        .isEqualTo(new Opening.ParentUnfinished(SHARD));
  }

  @Test
  void aChildContinuesItsParentsTimeAndCount() {
    ShardLog parent = open(store, SHARD);
    assertThat(parent.commitEnd(filled(parent, 1, 3))).isInstanceOf(Outcome.Committed.class);

    ShardLog child = ((Opening.Opened) log(store).openChild(CHILD, SHARD.shard())).log();

    assertThat(child.cursor()).isEqualTo(parent.cursor().child());
    assertThat(child.totals().records()).isZero();
    assertThat(child.commitEnd(filled(child, 4, 5))).isInstanceOf(Outcome.Committed.class);
    assertThat(child.cursor().records()).isEqualTo(5);
    assertThat(child.totals().records()).isEqualTo(2);
    ShardLog again = ((Opening.Opened) log(store).openChild(CHILD, SHARD.shard())).log();
    assertThat(again.cursor()).isEqualTo(child.cursor());
  }

  @Test
  void aChildPublishesWhatItsParentLeftUnpublished() {
    ShardLog parent = open(new FaultyStore(store, FirstCommit.crashBeforeCompleting()), SHARD);
    Segment segment = filled(parent, 1, 2);
    try {
      assertThat(parent.commitEnd(segment)).isNull();
    } catch (Crash e) {
      assertThat(store.uploads()).hasSize(1);
    }

    assertThat(log(store).openChild(CHILD, SHARD.shard())).isInstanceOf(Opening.Opened.class);

    assertThat(store.uploads()).isEmpty();
    assertThat(visibleFiles()).isEqualTo(1);
  }

  @Test
  void aSegmentOfAnotherShardIsRefused() {
    ShardLog log = open(store, SHARD);
    Segment other = open(store, CHILD).begin();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> log.commitEnd(other))
        .withMessageContaining("The segment of " + CHILD)
        .withMessageContaining("the log of " + SHARD + " stands at");
  }

  @Test
  void aSegmentOfAnotherPositionIsRefused() {
    ShardLog log = open(store, SHARD);
    Segment stale = filled(log, 1, 2);
    assertThat(log.commit(filled(log, 1, 1))).isInstanceOf(Outcome.Committed.class);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> log.commit(stale))
        .withMessageContaining("the log of " + SHARD + " stands at");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> log.commit(log.begin()))
        .withMessageContaining("nothing to commit");
  }

  private void crashBeforePublishing() {
    ShardLog log = open(new FaultyStore(store, FirstCommit.crashBeforeCompleting()), SHARD);
    Segment segment = filled(log, 1, 2);
    try {
      assertThat(log.commit(segment)).isNull();
    } catch (Crash e) {
      assertThat(visibleFiles()).isZero();
    }
  }

  private void recover() {
    assertThat(open(store, SHARD).cursor().records()).isEqualTo(2);
  }

  private Entry lastEntry() {
    return LogStatusTest.entry(store, LAKE, SHARD, Entry.START);
  }

  private long visibleFiles() {
    return store.list(LAKE.data(ShardFeed.TABLE), "").count();
  }

  private CommitLog log(ObjectStore objects) {
    return new CommitLog(objects, LAKE, scratch, InstantSource.fixed(ShardFeed.TIME));
  }

  private ShardLog open(ObjectStore objects, StreamShard shard) {
    return ((Opening.Opened) log(objects).open(shard)).log();
  }

  private static Segment filled(ShardLog log, int from, int to) {
    return ShardFeed.fill(log.begin(), from, to);
  }
}
