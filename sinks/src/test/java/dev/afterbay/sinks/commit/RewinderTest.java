package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Rewind;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.FaultyStore;
import dev.afterbay.sinks.faults.Reply;
import dev.afterbay.sinks.faults.Verb;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rewinder answers; what comes of it is in {@link RewindTest}. */
class RewinderTest {
  private static final StreamShard SHARD = ShardFeed.shard("shardId-1");
  private static final StreamShard CHILD = ShardFeed.shard("shardId-2");
  private static final Instant LATEST = ShardFeed.TIME.plusSeconds(7);

  /** Before the first record of a shard that is read up to then. */
  private static final ShardCursor BEGINNING =
      new ShardCursor(Optional.empty(), LATEST, 0, ShardCursor.start().digest());

  @TempDir Path scratch;

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final Rewinder rewinder = rewinder(Disturbance.NONE);

  /** Two commits of two records each. */
  @BeforeEach
  void fill() {
    ShardLog log = opened(log().open(SHARD));
    commit(log, 1, 2);
    commit(log, 3, 4);
  }

  @Test
  void aRewindIsUnfinishedFromItsBeginningToItsCompletion() {
    assertThat(rewinder.isUnfinished(history(CHILD))).isFalse();
    assertThat(rewinder.isUnfinished(history(SHARD))).isFalse();

    assertThat(begin(rewinder, 1)).isEqualTo(Rewinder.Begun.BEGUN);
    assertThat(rewinder.isUnfinished(history(SHARD))).isTrue();

    rewinder.complete(SHARD);
    assertThat(rewinder.isUnfinished(history(SHARD))).isFalse();
  }

  @Test
  void whatIsCompleteIsLeftAlone() {
    Calls.Heard ofNoRewind = new Calls.Heard();
    rewinder(ofNoRewind).complete(SHARD);
    assertThat(ofNoRewind.verbs()).containsExactly(Verb.LIST, Verb.GET);

    begin(rewinder, 1);
    rewinder.complete(SHARD);
    Calls.Heard again = new Calls.Heard();
    rewinder(again).complete(SHARD);
    assertThat(again.verbs()).containsExactly(Verb.LIST, Verb.GET, Verb.HEAD);
  }

  @Test
  void aLogWithoutAnEntryHasNothingToComplete() {
    assertThatExceptionOfType(LakeException.class)
        .isThrownBy(() -> rewinder.complete(CHILD))
        .withMessageStartingWith("The last entry of " + CHILD + " cannot be read now: ");
  }

  @Test
  void aRewindWhoseFilesCannotBeCopiedStaysUnfinished() {
    begin(rewinder, 1);

    assertThatExceptionOfType(LakeException.class)
        .isThrownBy(() -> rewinder(new Calls.Answered(Verb.COPY, Reply.NONE)).complete(SHARD))
        .withMessageStartingWith("The log of " + SHARD + " cannot be rewound (UNCERTAIN): File '");
    assertThat(rewinder.isUnfinished(history(SHARD))).isTrue();

    rewinder.complete(SHARD);
    assertThat(rewinder.isUnfinished(history(SHARD))).isFalse();
  }

  @Test
  void aLogWhoseRewindAnotherProcessHasBegunHasChanged() {
    ShardHistory before = history(SHARD);
    begin(rewinder, 1);

    assertThat(begin(rewinder, before, 1, Optional.empty())).isEqualTo(Rewinder.Begun.CHANGED);
  }

  @Test
  void aLogThatHasChangedIsFoundOutBeforeAnythingIsPut() {
    ShardHistory before = history(SHARD);
    commit(opened(log().open(SHARD)), 5, 5);
    Calls.Heard calls = new Calls.Heard();

    assertThat(begin(rewinder(calls), before, 1, Optional.empty()))
        .isEqualTo(Rewinder.Begun.CHANGED);
    assertThat(calls.verbs()).contains(Verb.LIST).doesNotContain(Verb.PUT);
  }

  @Test
  void aCommitThatIsFasterHasChangedTheLog() {
    Disturbance faster = new Calls.Before(Verb.PUT, () -> commit(opened(log().open(SHARD)), 5, 5));

    assertThat(begin(rewinder(faster), 1)).isEqualTo(Rewinder.Begun.CHANGED);
    assertThat(history(SHARD).live()).hasSize(3);
  }

  @Test
  void aRewindThatIsFasterHasChangedTheLog() {
    Disturbance faster = new Calls.Before(Verb.PUT, () -> begin(rewinder, 1));

    assertThat(begin(rewinder(faster), 0)).isEqualTo(Rewinder.Begun.CHANGED);
    assertThat(history(SHARD).live()).hasSize(1);
  }

  @Test
  void aBeginningThatIsNotAnsweredForIsRefused() {
    assertThatExceptionOfType(LakeException.class)
        .isThrownBy(() -> begin(rewinder(new Calls.Answered(Verb.PUT, Reply.NONE)), 1))
        .withMessageStartingWith("The log of " + SHARD + " cannot be rewound (UNCERTAIN): ")
        .withMessageContaining("may yet arrive");
    assertThat(history(SHARD).live()).hasSize(2);
  }

  @Test
  void aDamagedLogIsRefused() {
    ShardHistory before = history(SHARD);
    store.overwrite(Writer.LAKE.commit(SHARD, ShardFeed.sequenceNumber(2)), new byte[] {'{'});

    assertThatExceptionOfType(LakeException.class)
        .isThrownBy(() -> begin(rewinder, before, 1, Optional.empty()))
        .withMessageStartingWith("The log of " + SHARD + " cannot be rewound (DAMAGED): ");
  }

  @Test
  void aLogWithoutAnEntryIsTakenBackToItsBeginning() {
    assertThat(begin(rewinder, history(CHILD), 0, Optional.empty()))
        .isEqualTo(Rewinder.Begun.BEGUN);
    rewinder.complete(CHILD);

    Entry rewind = history(CHILD).last().orElseThrow();
    assertThat(rewind.parent()).isEmpty();
    assertThat(rewind.after()).isEqualTo(Entry.START);
    assertThat(rewind.cursor()).isEqualTo(BEGINNING);
    assertThat(rewind.rewind().map(Rewind::commits)).hasValue(0L);
    ShardLog log = opened(log().open(CHILD));
    assertThat(log.epoch()).isEqualTo(1);
    assertThat(log.cursor()).isEqualTo(ShardCursor.start());
  }

  @Test
  void aLogWithoutAnEntryTellsTheParentThatItContinues() {
    begin(rewinder, history(CHILD), 0, Optional.of(SHARD.shard()));

    assertThat(history(CHILD).last().flatMap(Entry::parent)).hasValue(SHARD.shard());
  }

  @Test
  void aChildOfWhichNothingStaysStartsOverWhereItsParentEnded() {
    ShardCursor end = endParentAndTakeChildBack();

    ShardLog child = opened(log().openChild(CHILD, SHARD.shard()));

    assertThat(child.epoch()).isEqualTo(1);
    assertThat(child.cursor()).isEqualTo(end.child());
    commit(child, 6, 7);
    assertThat(new LakeCheck(store, Writer.LAKE).check(ShardFeed.TABLE).findings()).isEmpty();
  }

  @Test
  void aChildOfWhichNothingStaysWaitsForItsParentsEnd() {
    endParentAndTakeChildBack();
    begin(rewinder, 1);
    rewinder.complete(SHARD);

    assertThat(log().openChild(CHILD, SHARD.shard()))
        .isEqualTo(new Opening.ParentUnfinished(SHARD));
  }

  /** Where the parent ended. */
  private ShardCursor endParentAndTakeChildBack() {
    ShardLog parent = opened(log().open(SHARD));
    assertThat(parent.commitEnd(ShardFeed.fill(parent.begin(), 5, 5)))
        .isInstanceOf(Outcome.Committed.class);
    commit(opened(log().openChild(CHILD, SHARD.shard())), 6, 7);
    begin(rewinder, history(CHILD), 0, Optional.empty());
    rewinder.complete(CHILD);
    Entry rewind = history(CHILD).last().orElseThrow();
    assertThat(rewind.parent()).hasValue(SHARD.shard());
    assertThat(rewind.cursor()).isEqualTo(BEGINNING);
    return parent.cursor();
  }

  private Rewinder.Begun begin(Rewinder rewinder, int kept) {
    return begin(rewinder, history(SHARD), kept, Optional.empty());
  }

  private static Rewinder.Begun begin(
      Rewinder rewinder, ShardHistory history, int kept, Optional<ShardId> parent) {
    return rewinder.begin(history, kept, parent, LATEST);
  }

  private Rewinder rewinder(Disturbance disturbance) {
    return new Rewinder(
        new FaultyStore(store, disturbance), Writer.LAKE, InstantSource.fixed(ShardFeed.TIME));
  }

  private ShardHistory history(StreamShard shard) {
    return rewinder.read(shard);
  }

  private CommitLog log() {
    return new CommitLog(store, Writer.LAKE, scratch, InstantSource.fixed(ShardFeed.TIME));
  }

  private static ShardLog opened(Opening opening) {
    return ((Opening.Opened) opening).log();
  }

  private static void commit(ShardLog log, int from, int to) {
    assertThat(log.commit(ShardFeed.fill(log.begin(), from, to)))
        .isInstanceOf(Outcome.Committed.class);
  }
}
