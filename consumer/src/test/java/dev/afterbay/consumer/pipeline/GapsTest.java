package dev.afterbay.consumer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.consumer.pipeline.Lineage.Parent;
import dev.afterbay.consumer.pipeline.Lineage.Standing;
import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.RecordedGap;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Gap.Reason;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.fromstream.StreamedRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GapsTest {
  private static final Lake LAKE = new Lake("lake");
  private static final ShardId CHILD = new ShardId("shardId-2");
  private static final StreamLabel LATER = new StreamLabel("2026-11-21T06:00:00.000");

  @TempDir private Path scratch;
  private Shards shards;

  @BeforeEach
  void anEmptyLake() {
    shards = new Shards(scratch);
  }

  @AfterEach
  void theLakeIsSound() {
    assertThat(new LakeCheck(shards.store, LAKE).check(Shards.TABLE).findings()).isEmpty();
  }

  @Test
  void whatComesAfterABreakIsCommittedAfterTheGap() {
    ShardPipeline pipeline = open(Breaks.before(7));
    accept(pipeline, 1, 2);

    accept(pipeline, 7, 8);
    pipeline.commitHeld();

    assertThat(gaps()).containsExactly("shardId-1 TRIMMED after 2 before 7");
    assertThat(shards.files()).as("two of changes, one of gaps").isEqualTo(3);
    assertThat(shards.reports).contains("gap");
  }

  @Test
  void aBreakBehindWhatTheLogHasIsNone() {
    ShardPipeline first = open(Continuity.UNBROKEN);
    accept(first, 1, 2, 3);
    first.commitHeld();

    ShardPipeline second = open(Breaks.before(2));
    accept(second, 2, 3, 4);
    second.commitHeld();

    assertThat(gaps()).isEmpty();
    assertThat(shards.reports).doesNotContain("gap");
  }

  @Test
  void aBreakBetweenNeighboursIsNone() {
    ShardPipeline pipeline = open(Breaks.before(2));

    accept(pipeline, 1, 2);
    pipeline.commitHeld();

    assertThat(gaps()).isEmpty();
  }

  @Test
  void ofTwoWorkersThatSeeTheBreakOneRecordsItAndBothGoOn() {
    ShardPipeline one = open(Breaks.before(7));
    ShardPipeline other = open(Breaks.before(7));
    accept(one, 7);

    accept(other, 7, 8);
    one.commitHeld();

    assertThat(gaps()).containsExactly("shardId-1 TRIMMED after 0 before 7");
    assertThat(shards.files()).isEqualTo(2);
    assertThat(other.position()).contains(number(7).previous());
  }

  @Test
  void aShardThatEndsTrimmedOrUnknownEndsWithAGap() {
    ShardPipeline pipeline = open(Breaks.atEnd(Continuity.End.TRIMMED));
    accept(pipeline, 1);
    pipeline.end();
    ShardPipeline vanished = open(CHILD, Breaks.atEnd(Continuity.End.VANISHED));
    vanished.end();

    assertThat(gaps())
        .containsExactly(
            "shardId-1 TRIMMED after 1 before the end",
            "shardId-2 SHARD_VANISHED after 0 before the end");
  }

  @Test
  void aParentThatIsListedAndUnfinishedIsReadToItsEndFirst() {
    ShardPipeline parent = open(Continuity.UNBROKEN);
    accept(parent, 1);
    parent.commitHeld();
    TablePipelines pipelines = pipelines(Optional.of(new Parent(Shards.SHARD, Standing.LISTED)));

    ShardPipeline child =
        pipelines.open(
            CHILD,
            Continuity.UNBROKEN,
            unfinished -> {
              ShardPipeline rest = open(unfinished, Continuity.UNBROKEN);
              accept(rest, 2);
              rest.end();
            });
    accept(child, 3);
    child.commitHeld();

    assertThat(gaps()).isEmpty();
    assertThat(shards.files()).isEqualTo(3);
  }

  @Test
  void aParentThatIsForgottenAndUnfinishedEndsWithAGapAndTheChildContinuesIt() {
    ShardPipeline parent = open(Continuity.UNBROKEN);
    accept(parent, 1);
    parent.commitHeld();

    ShardPipeline child = openOrphan(Set.of());
    accept(child, 3);
    child.commitHeld();

    assertThat(gaps()).containsExactly("shardId-1 SHARD_VANISHED after 1 before the end");
  }

  @Test
  void aShardWhoseParentWasNeverReadBeginsWithAGap() {
    ShardPipeline child = openOrphan(Set.of());
    boolean beforeItsFirstRecord = gaps().isEmpty();
    accept(child, 3);
    child.commitHeld();

    assertThat(beforeItsFirstRecord).isTrue();
    assertThat(gaps()).containsExactly("shardId-2 PARENT_NEVER_READ after 0 before 3");
  }

  @Test
  void oneOfTheShardsThatTheLakeBeganWithHasNoGapBeforeIt() {
    ShardPipeline child = openOrphan(Set.of(CHILD));
    accept(child, 3);
    child.commitHeld();

    assertThat(gaps()).isEmpty();
  }

  @Test
  void theReadingStartsWhereTheLogIsAndAtTheVeryBeginningOfAChild() {
    TablePipelines alone = pipelines(Optional.empty());
    ReadingPoint before = alone.point(Shards.SHARD);
    ShardPipeline pipeline = alone.open(Shards.SHARD);
    accept(pipeline, 1, 2);
    pipeline.commitHeld();

    TablePipelines child = pipelines(Optional.of(new Parent(Shards.SHARD, Standing.LISTED)));

    assertThat(before).isEqualTo(new ReadingPoint.Horizon());
    assertThat(alone.point(Shards.SHARD)).isEqualTo(new ReadingPoint.After(number(2)));
    assertThat(child.point(CHILD)).isEqualTo(new ReadingPoint.Beginning());
    assertThat(alone.ended(Shards.SHARD)).isFalse();
    pipeline.end();
    assertThat(alone.ended(Shards.SHARD)).isTrue();
  }

  @Test
  void aLogWhoseShardCannotBeReadAnyMoreEndsWithAGapOnce() {
    ShardPipeline pipeline = open(Continuity.UNBROKEN);
    accept(pipeline, 1);
    pipeline.commitHeld();
    LostShards lost = lost(ledger(Shards.STREAM));

    lost.record(Set.of(), shard -> true);
    boolean whileReadable = gaps().isEmpty();
    lost.record(Set.of(), shard -> false);
    lost.record(Set.of(), shard -> false);

    assertThat(whileReadable).isTrue();
    assertThat(gaps()).containsExactly("shardId-1 SHARD_VANISHED after 1 before the end");
  }

  @Test
  void aNewStreamEndsTheLogsOfTheOldOneAndTellsOfTheTimeBetween() {
    ledger(Shards.STREAM);
    ShardPipeline pipeline = open(Continuity.UNBROKEN);
    accept(pipeline, 1);
    pipeline.commitHeld();
    LostShards lost = lost(ledger(LATER));

    lost.record(Set.of(), shard -> true);
    lost.record(Set.of(), shard -> true);

    assertThat(gaps())
        .containsExactly(
            "shardId-1 STREAM_RECREATED after 1 before the end",
            "stream STREAM_RECREATED after 0 before the end");
  }

  @Test
  void logsThatHaveEndedAreLookedAtOnlyOnce() {
    for (int i = 1; i <= 20; i++) {
      ShardPipeline pipeline = open(new ShardId("shardId-%02d".formatted(i)), Continuity.UNBROKEN);
      pipeline.end();
    }
    LostShards lost = lost(ledger(Shards.STREAM));
    lost.record(Set.of(), shard -> true);
    ShardPipeline open = open(new ShardId("shardId-21"), Continuity.UNBROKEN);
    accept(open, 1);
    open.commitHeld();

    lost.record(
        Set.of(),
        shard -> {
          assertThat(shard.value()).isEqualTo("shardId-21");
          return false;
        });

    assertThat(gaps()).containsExactly("shardId-21 SHARD_VANISHED after 1 before the end");
    assertThat(settled(shard -> true).last()).contains(new ShardId("shardId-20"));
  }

  @ParameterizedTest
  @CsvSource({"shardId-25, 20", "shardId-00, ", "shardId-05a, "})
  void whileReadingLogsAreSettledUpToTheFirstShardThatHasNoLogYet(String listed, String last) {
    for (int i = 1; i <= 20; i++) {
      open(new ShardId("shardId-%02d".formatted(i)), Continuity.UNBROKEN).end();
    }

    lost(ledger(Shards.STREAM)).noteSettled(Set.of(new ShardId(listed), new ShardId("shardId-03")));

    assertThat(settled(shard -> true).last())
        .isEqualTo(Optional.ofNullable(last).map(number -> new ShardId("shardId-" + number)));
  }

  @Test
  void aShardWhoseLogWasRewoundAndIsOpenIsNotSettledAnyMore() {
    StreamShard rewound = new StreamShard(Shards.TABLE, Shards.STREAM, new ShardId("shardId-07"));
    String notes = LAKE.settled(Shards.TABLE, Shards.STREAM);
    shards.store.overwrite(new ObjectKey(notes + "shardId-05"), new byte[0]);
    shards.store.overwrite(new ObjectKey(notes + "shardId-20"), new byte[0]);
    shards.store.overwrite(LAKE.rewind(rewound, 1), new byte[0]);

    assertThat(settled(shard -> false).last()).contains(new ShardId("shardId-05"));
    assertThat(settled(shard -> true).last()).contains(new ShardId("shardId-20"));
  }

  private StreamLedger ledger(StreamLabel stream) {
    return StreamLedger.open(
        shards.store,
        LAKE,
        Shards.TABLE,
        stream,
        () -> Set.of(Shards.SHARD),
        InstantSource.fixed(Shards.START));
  }

  private LostShards lost(StreamLedger ledger) {
    InstantSource clock = InstantSource.fixed(Shards.START);
    return new LostShards(
        shards.store,
        LAKE,
        new CommitLog(shards.store, LAKE, scratch, clock),
        Shards.TABLE,
        ledger,
        clock,
        shards.observer());
  }

  private ShardPipeline open(Continuity continuity) {
    return open(Shards.SHARD, continuity);
  }

  private ShardPipeline open(ShardId shard, Continuity continuity) {
    return pipelines(Optional.empty()).open(shard, continuity, GapsTest::notNeeded);
  }

  private ShardPipeline openOrphan(Set<ShardId> roots) {
    return shards
        .worker(
            Shards.every(Duration.ofHours(1)),
            shard -> Optional.of(new Parent(Shards.SHARD, Standing.FORGOTTEN)),
            roots)
        .open(CHILD, Continuity.UNBROKEN, GapsTest::notNeeded);
  }

  private TablePipelines pipelines(Optional<Parent> parent) {
    return shards.worker(
        Shards.every(Duration.ofHours(1)),
        shard -> parent.filter(known -> !known.shard().equals(shard)),
        Set.of());
  }

  private static void notNeeded(ShardId parent) {
    throw new AssertionError("no parent is to be finished");
  }

  private static void accept(ShardPipeline pipeline, int... records) {
    for (int record : records) {
      pipeline.accept(StreamedRecord.of(Shards.record(record)));
    }
  }

  private static SequenceNumber number(int record) {
    return SequenceNumber.parse(Shards.spelled(record));
  }

  private List<String> gaps() {
    List<String> gaps = new ArrayList<>();
    for (RecordedGap gap : RecordedGap.readAll(shards.store, LAKE, Shards.TABLE).gaps()) {
      Reason reason = gap.gap().reason();
      gaps.add(
          gap.shard().shard()
              + " "
              + reason
              + " after "
              + (gap.after().equals(Entry.START) ? "0" : shortly(gap.after()))
              + " before "
              + gap.gap().before().map(GapsTest::shortly).orElse("the end"));
    }
    return gaps;
  }

  private static String shortly(SequenceNumber number) {
    return number.padded().replaceFirst("^0+(?=.)", "");
  }

  /** Breaks before some records, or at the end. */
  private record Breaks(Set<SequenceNumber> records, End end) implements Continuity {
    static Breaks before(int record) {
      return new Breaks(new HashSet<>(Set.of(number(record))), End.WHOLE);
    }

    static Breaks atEnd(End end) {
      return new Breaks(new HashSet<>(), end);
    }

    @Override
    public boolean brokenBefore(SequenceNumber record) {
      return records.remove(record);
    }
  }

  private SettledShards settled(Predicate<ShardId> ended) {
    return new SettledShards(
        shards.store, LAKE, Shards.TABLE, Shards.STREAM, ended, InstantSource.fixed(Shards.START));
  }
}
