package dev.afterbay.sinks.commit.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.commit.protocol.Entry.Ending;
import dev.afterbay.sinks.commit.protocol.Observed.Absent;
import dev.afterbay.sinks.commit.protocol.Observed.Present;
import dev.afterbay.sinks.commit.protocol.Observed.Unanswered;
import dev.afterbay.sinks.commit.protocol.Observed.Unreadable;
import dev.afterbay.sinks.commit.protocol.Verdict.Halt;
import dev.afterbay.sinks.commit.protocol.Verdict.Halted;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.tostorage.CompleteAnswer;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.transforms.change.StreamShard;
import org.junit.jupiter.api.Test;

/** What steps act on and say; where each leads is in {@link StepTableTest}. */
class StepTest {
  private static final StreamShard SHARD = ShardFeed.shard("shardId-1");
  private static final Entry OURS = Entries.first(SHARD, "ours0000", 2, Ending.OPEN);
  private static final Entry THEIRS = Entries.first(SHARD, "theirs00", 2, Ending.OPEN);
  private static final String PLACE = "The entry of " + SHARD + " after " + Entry.START;
  private static final String FILE =
      "File 'lake/e_commerce_data/changes/ours0000-1.parquet' of commit ours0000";

  @Test
  void aLoserDropsItsOwnUploadsOneByOne() {
    DropUpload first = (DropUpload) read().on(new Present<>(THEIRS));
    DropUpload second = (DropUpload) first.next();

    assertThat(first.file()).isEqualTo(OURS.files().get(0));
    assertThat(second.file()).isEqualTo(OURS.files().get(1));
  }

  @Test
  void aLoserPublishesTheWinnersFilesOneByOne() {
    CompleteFile first = (CompleteFile) FindLast.afterLosing(OURS).on(new Present<>(THEIRS));
    CompleteFile second = (CompleteFile) first.on(new CompleteAnswer.Completed());

    assertThat(first.file()).isEqualTo(THEIRS.files().get(0));
    assertThat(second.file()).isEqualTo(THEIRS.files().get(1));
  }

  @Test
  void aFileInDoubtIsTheOneThatIsLookedAt() {
    InspectFile first = (InspectFile) complete().on(new CompleteAnswer.NoSuchUpload());
    CompleteFile second = (CompleteFile) first.on(new Present<>(first.file().size()));

    assertThat(first.file()).isEqualTo(OURS.files().get(0));
    assertThat(second.file()).isEqualTo(OURS.files().get(1));
  }

  @Test
  void aPutInDoubtRemembersWhatWasSaid() {
    assertThat(new PutEntry(OURS).on(new PutAnswer.Unknown("timed out"))).isEqualTo(read());
    assertThat(new PutEntry(OURS).on(new PutAnswer.Occupied()))
        .isEqualTo(new ReadEntry(OURS, "the store said that an entry stands there"));
  }

  @Test
  void aPutThatMayYetArriveSaysSo() {
    assertThat(read().on(new Absent<>()))
        .isEqualTo(
            new Halted(
                Halt.UNCERTAIN,
                PLACE + " is not there, but the request to put it may yet arrive (timed out)"));
  }

  @Test
  void aPutThatCannotBeReadBackSaysSo() {
    assertThat(read().on(new Unanswered<>("unreachable")))
        .isEqualTo(
            new Halted(Halt.UNCERTAIN, PLACE + " may or may not be there: timed out; unreachable"));
    assertThat(read().on(new Unreadable<>("no JSON")))
        .isEqualTo(new Halted(Halt.DAMAGED, PLACE + " cannot be read: no JSON; run fsck"));
  }

  @Test
  void aLogThatCannotBeReadSaysSo() {
    FindLast find = FindLast.toRecover(SHARD);

    assertThat(find.on(new Unanswered<>("unreachable")))
        .isEqualTo(
            new Halted(Halt.UNCERTAIN, "The log of " + SHARD + " cannot be read: unreachable"));
    assertThat(find.on(new Unreadable<>("no JSON")))
        .isEqualTo(
            new Halted(
                Halt.DAMAGED, "The last entry of " + SHARD + " cannot be read: no JSON; run fsck"));
  }

  @Test
  void aLogThatLostItsEntriesSaysSo() {
    assertThat(FindLast.afterLosing(OURS).on(new Absent<>()))
        .isEqualTo(
            new Halted(
                Halt.DAMAGED,
                "The log of "
                    + SHARD
                    + " had an entry after "
                    + Entry.START
                    + " and lost it; run fsck"));
  }

  @Test
  void aFileWhoseUploadIsGoneSaysSo() {
    InspectFile inspect = (InspectFile) complete().on(new CompleteAnswer.NoSuchUpload());

    assertThat(((FindLast) inspect.on(new Absent<>())).on(new Absent<>()))
        .isEqualTo(
            new Halted(
                Halt.DAMAGED,
                FILE
                    + " is not visible: its upload is gone too: was it aborted by hand or by a"
                    + " lifecycle rule?"));
  }

  @Test
  void aFileInDoubtSaysWhatWasSaid() {
    InspectFile inspect = (InspectFile) complete().on(new CompleteAnswer.Unknown("timed out"));

    assertThat(((FindLast) inspect.on(new Absent<>())).on(new Absent<>()))
        .isEqualTo(new Halted(Halt.UNCERTAIN, FILE + " is not visible: timed out"));
    assertThat(inspect.on(new Unanswered<>("unreachable")))
        .isEqualTo(
            new Halted(
                Halt.UNCERTAIN, FILE + " may or may not be visible: timed out; unreachable"));
    assertThat(inspect.on(new Unreadable<>("no size")))
        .isEqualTo(new Halted(Halt.DAMAGED, FILE + " makes no sense: no size"));
    assertThat(inspect.on(new Present<>(1L)))
        .isEqualTo(
            new Halted(
                Halt.DAMAGED, FILE + " has 1 bytes instead of " + OURS.files().get(0).size()));
  }

  @Test
  void aRewindThatIsNotNotedSaysSo() {
    Entry rewind = Entries.rewind(SHARD, "rewind-1");
    FindNote find = (FindNote) FindLast.toRecover(SHARD).on(new Present<>(rewind));

    assertThat(find.on(new Absent<>()))
        .isEqualTo(
            new Halted(
                Halt.REWOUND,
                "The rewind of commit rewind-1 is not noted: 'afterbay replay' was begun and has"
                    + " not come to its end; run it again"));
  }

  @Test
  void aFileThatIsPerhapsSetAsideSaysWhatWasSaid() {
    SetAside aside = (SetAside) SetAside.allOf(Entries.rewind(SHARD, "rewind-1"));

    assertThat(aside.on(new SetAside.Answer.Unknown("unreachable")))
        .isEqualTo(
            new Halted(
                Halt.UNCERTAIN, "File 'lake/rewind-1/1' may or may not be set aside: unreachable"));
  }

  private static ReadEntry read() {
    return new ReadEntry(OURS, "timed out");
  }

  private static CompleteFile complete() {
    return (CompleteFile) new PutEntry(OURS).on(new PutAnswer.Created());
  }
}
