package dev.afterbay.sinks.commit.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.afterbay.sinks.commit.protocol.Entry.Ending;
import dev.afterbay.sinks.commit.protocol.Observed.Absent;
import dev.afterbay.sinks.commit.protocol.Observed.Present;
import dev.afterbay.sinks.commit.protocol.Observed.Unanswered;
import dev.afterbay.sinks.commit.protocol.Observed.Unreadable;
import dev.afterbay.sinks.commit.protocol.Verdict.Halt;
import dev.afterbay.sinks.commit.protocol.Verdict.Halted;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.CompleteAnswer;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each step with each observation. */
class StepTest {
  private static final StreamShard SHARD = ShardFeed.shard("shardId-1");
  private static final Entry OURS = Entries.first(SHARD, "ours0000", 2, Ending.OPEN);
  private static final Entry THEIRS = Entries.first(SHARD, "theirs00", 2, Ending.OPEN);
  private static final Entry ENDED = Entries.first(SHARD, "ended000", 1, Ending.SHARD_END);
  private static final Entry NO_FILES = Entries.end(SHARD, "nofiles0");

  @Test
  void aCreatedEntryIsPublished() {
    Step step = new PutEntry(OURS).on(new PutAnswer.Created());

    assertThat(step).asInstanceOf(type(CompleteFile.class)).returns(file(OURS, 0), s -> s.file());
  }

  @Test
  void aCreatedEntryWithoutFilesIsCommittedAtOnce() {
    Step step = new PutEntry(NO_FILES).on(new PutAnswer.Created());

    assertThat(step).isEqualTo(new Verdict.Committed(NO_FILES));
  }

  @ParameterizedTest
  @MethodSource("doubtfulPuts")
  void anyOtherAnswerToAPutIsSettledByReading(PutAnswer answer) {
    Step step = new PutEntry(OURS).on(answer);

    assertThat(step).asInstanceOf(type(ReadEntry.class)).returns(OURS, ReadEntry::ours);
  }

  static Stream<PutAnswer> doubtfulPuts() {
    return Stream.of(new PutAnswer.Occupied(), new PutAnswer.Unknown("timed out"));
  }

  @Test
  void anEntryThatBearsOurCommitIdIsOurs() {
    Step step = read().on(new Present<>(OURS));

    assertThat(step).asInstanceOf(type(CompleteFile.class)).returns(file(OURS, 0), s -> s.file());
  }

  @Test
  void anothersEntryMakesUsDropOurUploadsAndOnlyThose() {
    Step first = read().on(new Present<>(THEIRS));
    assertThat(first).asInstanceOf(type(DropUpload.class)).returns(file(OURS, 0), s -> s.file());

    Step second = ((DropUpload) first).next();
    assertThat(second).asInstanceOf(type(DropUpload.class)).returns(file(OURS, 1), s -> s.file());

    Step third = ((DropUpload) second).next();
    assertThat(third).isEqualTo(new FindLast(SHARD, OURS.after(), new FindLast.Search.Loss()));
  }

  @Test
  void anEmptyEntryThatLostHasNothingToDrop() {
    Step step = new ReadEntry(NO_FILES, "occupied").on(new Present<>(THEIRS));

    assertThat(step).isInstanceOf(FindLast.class);
  }

  @Test
  void anAbsentEntryHaltsBecauseOursMayYetArrive() {
    assertThat(read().on(new Absent<>()))
        .asInstanceOf(type(Halted.class))
        .satisfies(
            halted -> {
              assertThat(halted.halt()).isEqualTo(Halt.UNCERTAIN);
              assertThat(halted.reason())
                  .contains("may yet arrive")
                  .contains("timed out")
                  .contains(SHARD.toString());
            });
  }

  @Test
  void anEntryThatCannotBeReadHalts() {
    assertThat(read().on(new Unanswered<>("unreachable")))
        .asInstanceOf(type(Halted.class))
        .satisfies(
            halted -> {
              assertThat(halted.halt()).isEqualTo(Halt.UNCERTAIN);
              assertThat(halted.reason()).contains("timed out").contains("unreachable");
            });
    assertHalts(read().on(new Unreadable<>("no JSON")), Halt.DAMAGED, "no JSON");
  }

  @Test
  void theWinnersLogIsPublishedBeforeTheLoserGoesOn() {
    Step publish =
        new FindLast(SHARD, OURS.after(), new FindLast.Search.Loss()).on(new Present<>(THEIRS));
    assertThat(publish)
        .asInstanceOf(type(CompleteFile.class))
        .returns(file(THEIRS, 0), s -> s.file());

    assertThat(completeAll(publish)).isEqualTo(new Verdict.Superseded(THEIRS));
  }

  @Test
  void aLogThatLostTheWinnersEntryIsDamaged() {
    Step step = new FindLast(SHARD, OURS.after(), new FindLast.Search.Loss()).on(new Absent<>());

    assertHalts(step, Halt.DAMAGED, "lost it");
  }

  @Test
  void ourOwnEntryIsCommittedWhenItsLastFileIsVisible() {
    assertThat(completeAll(new PutEntry(OURS).on(new PutAnswer.Created())))
        .isEqualTo(new Verdict.Committed(OURS));
  }

  @ParameterizedTest
  @MethodSource("doubtfulCompletions")
  void anyOtherAnswerToACompletionIsSettledByLooking(CompleteAnswer answer) {
    Step step = complete().on(answer);

    assertThat(step).asInstanceOf(type(InspectFile.class)).returns(file(OURS, 0), s -> s.file());
    Step next = ((InspectFile) step).on(new Present<>(file(OURS, 0).size()));
    assertThat(next).asInstanceOf(type(CompleteFile.class)).returns(file(OURS, 1), s -> s.file());
    assertHalts(((InspectFile) step).on(new Present<>(1L)), Halt.DAMAGED, "1 bytes instead of");
    assertHalts(
        ((InspectFile) step).on(new Unanswered<>("x")),
        Halt.UNCERTAIN,
        "may or may not be visible");
  }

  static Stream<CompleteAnswer> doubtfulCompletions() {
    return Stream.of(new CompleteAnswer.NoSuchUpload(), new CompleteAnswer.Unknown("timed out"));
  }

  @Test
  void anUploadThatIsGoneWithoutItsFileIsDamage() {
    InspectFile inspect = (InspectFile) complete().on(new CompleteAnswer.NoSuchUpload());

    assertHalts(inspect.on(new Absent<>()), Halt.DAMAGED, "its upload is gone too");
  }

  @Test
  void aCompletionInDoubtWhoseFileIsNotThereIsUncertain() {
    InspectFile inspect = (InspectFile) complete().on(new CompleteAnswer.Unknown("timed out"));

    assertHalts(inspect.on(new Absent<>()), Halt.UNCERTAIN, "timed out");
  }

  @Test
  void recoveryPublishesTheLastEntry() {
    Step publish = FindLast.toRecover(SHARD).on(new Present<>(THEIRS));

    assertThat(completeAll(publish)).isEqualTo(new Verdict.Recovered(THEIRS));
  }

  @Test
  void anEmptyLogWithoutAParentStartsAnew() {
    assertThat(FindLast.toRecover(SHARD).on(new Absent<>())).isEqualTo(new Verdict.Fresh());
  }

  @Test
  void anEmptyLogOfAChildAsksForTheParentsEnd() {
    Step step = FindLast.toRecover(SHARD, new ShardId("parent")).on(new Absent<>());

    assertThat(step)
        .isEqualTo(
            new FindLast(
                ShardFeed.shard("parent"), Entry.START, new FindLast.Search.Inheritance()));
  }

  @Test
  void aChildInheritsFromAnEndedParentOnceItIsPublished() {
    Step publish = inherit().on(new Present<>(ENDED));

    assertThat(publish)
        .asInstanceOf(type(CompleteFile.class))
        .returns(file(ENDED, 0), s -> s.file());
    assertThat(completeAll(publish)).isEqualTo(new Verdict.Inherited(ENDED));
  }

  @Test
  void aChildDoesNotStartBeforeItsParentEnds() {
    assertThat(inherit().on(new Present<>(THEIRS))).isEqualTo(new Verdict.ParentUnfinished(SHARD));
    assertThat(inherit().on(new Absent<>())).isEqualTo(new Verdict.ParentUnfinished(SHARD));
  }

  @Test
  void aLogThatCannotBeReadHaltsItsOpening() {
    for (FindLast find : List.of(FindLast.toRecover(SHARD), inherit())) {
      assertHalts(find.on(new Unanswered<>("unreachable")), Halt.UNCERTAIN, "unreachable");
      assertHalts(find.on(new Unreadable<>("no JSON")), Halt.DAMAGED, "no JSON; run fsck");
    }
  }

  private static ReadEntry read() {
    return new ReadEntry(OURS, "timed out");
  }

  private static CompleteFile complete() {
    return (CompleteFile) new PutEntry(OURS).on(new PutAnswer.Created());
  }

  private static FindLast inherit() {
    return new FindLast(SHARD, Entry.START, new FindLast.Search.Inheritance());
  }

  private static Step completeAll(Step first) {
    Step step = first;
    while (step instanceof CompleteFile complete) {
      step = complete.on(new CompleteAnswer.Completed());
    }
    return step;
  }

  private static StagedFile file(Entry entry, int index) {
    return entry.files().get(index);
  }

  private static void assertHalts(Step step, Halt halt, String reason) {
    assertThat(step)
        .asInstanceOf(type(Halted.class))
        .satisfies(
            halted -> {
              assertThat(halted.halt()).isEqualTo(halt);
              assertThat(halted.reason()).contains(reason);
            });
  }
}
