package dev.afterbay.sinks.commit.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.afterbay.sinks.commit.protocol.Entry.Ending;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.segment.Span;
import dev.afterbay.sinks.segment.Tallies;
import dev.afterbay.sinks.segment.Tally;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryTest {
  private static final StreamShard SHARD = ShardFeed.shard("shardId-1");
  private static final Entry ENTRY = Entries.first(SHARD, "entry-000", 2, Ending.OPEN);
  private static final Entry END = Entries.end(SHARD, "end-00000");

  @Test
  void anEntryStandsForItsRecords() {
    assertThat(ENTRY.last()).isEqualTo(ShardFeed.sequenceNumber(2));
    assertThat(ENTRY.records()).isEqualTo(2);
    assertThat(ENTRY.ends()).isFalse();
  }

  @Test
  void anEmptyEndStandsWhereItStarts() {
    assertThat(END.last()).isEqualTo(Entry.START);
    assertThat(END.records()).isZero();
    assertThat(END.ends()).isTrue();
  }

  @Test
  void whatTakesAnEndBackStandsRightAfterIt() {
    assertThat(ENTRY.following()).isEqualTo(ENTRY.last());
    assertThat(END.following()).isEqualTo(Entry.START.next());
  }

  @Test
  void anEntryThatStartsBeforeItsPositionIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> like(ENTRY, ShardFeed.sequenceNumber(1), ENTRY.span(), ENTRY.cursor()))
        .withMessage(
            "Commit entry-000 of %s starts after %s with %s",
            SHARD, ShardFeed.sequenceNumber(1), ShardFeed.sequenceNumber(1));
  }

  @Test
  void anEntryWhoseCursorStandsElsewhereIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> like(ENTRY, Entry.START, ENTRY.span(), ShardCursor.start()))
        .withMessage(
            "Commit entry-000 of %s ends at %s, but its cursor stands at %s",
            SHARD, ShardFeed.sequenceNumber(2), Entry.START);
  }

  @Test
  void anEntryThatDoesNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> like(ENTRY, Entry.START, Optional.empty(), ShardCursor.start()))
        .withMessageContaining("has no records and does not end the shard");
  }

  @Test
  void sumsGrowWithEachCommit() {
    Span span = ENTRY.span().orElseThrow();
    Tallies late = Tallies.of(List.of(new Tally("orders", "Total", "TYPE")));
    Tallies twice = late.plus(late);
    Totals one = Totals.NONE.plus(Optional.of(span), late);
    Totals none = Totals.NONE.plus(Optional.empty(), Tallies.NONE);

    assertThat(one).isEqualTo(new Totals(1, 2, Optional.of(span.from()), late));
    assertThat(one.plus(Optional.empty(), late))
        .isEqualTo(new Totals(2, 2, Optional.of(span.from()), twice));
    assertThat(none).isEqualTo(new Totals(1, 0, Optional.empty(), Tallies.NONE));
  }

  @Test
  void aCommitIdTellsItself() {
    CommitId id = new CommitId("0123456789-abc");

    assertThat(id.tag()).isEqualTo("01234567");
    assertThat(id).hasToString("0123456789-abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "-2345678", "UPPER-123", "0123456/8"})
  void whatCannotStandInAKeyIsNoCommitId(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CommitId(value))
        .withMessage("Not a commit id: '%s'", value);
  }

  @Test
  void aGapHasNoRecordsAndEndsTheShardExactlyIfNoRecordFollows() {
    Entry open = Entries.gap(SHARD, "gap-00001", Ending.OPEN);
    Entry end = Entries.gap(SHARD, "gap-00002", Ending.SHARD_END);

    assertThat(open.last()).isEqualTo(ShardFeed.sequenceNumber(7).previous());
    assertThat(open.ends()).isFalse();
    assertThat(end.last()).isEqualTo(Entry.START);
    assertThat(end.ends()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(open, Ending.SHARD_END, open.span()))
        .withMessageContaining("ends the shard exactly if no record follows");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(end, Ending.OPEN, end.span()))
        .withMessageContaining("ends the shard exactly if no record follows");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> with(open, Ending.OPEN, Entries.first(SHARD, "first-01", 1, Ending.OPEN).span()))
        .withMessageContaining("it has no records");
  }

  @Test
  void betweenTwoPositionsThatFollowEachOtherThereIsNoGap() {
    Entry gap = Entries.gap(SHARD, "gap-00001", Ending.OPEN);
    SequenceNumber neighbour = ShardFeed.sequenceNumber(7).previous();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> like(gap, neighbour, gap.span(), gap.cursor()))
        .withMessageContaining("where nothing can be missing");
  }

  @Test
  void aNoteOfAGapThatCannotBeProvenHaltsWithWhatWasSaid() {
    Entry gap = Entries.gap(SHARD, "gap-00001", Ending.OPEN);
    PutNote note = new PutNote(new Publication(gap, 1, Purpose.OURS));

    FindNote doubted = (FindNote) note.on(new PutAnswer.Unknown("time-out"));
    FindNote occupied = (FindNote) note.on(new PutAnswer.Occupied());

    assertThat(doubted.doubt()).isEqualTo("time-out");
    assertThat(occupied.doubt()).isEqualTo("the store said that the object stands there");
    assertThat(((Verdict.Halted) doubted.on(new Observed.Absent<>())).reason())
        .isEqualTo("The gap of commit gap-00001 is not noted: time-out");
    assertThat(((Verdict.Halted) doubted.on(new Observed.Unanswered<>("no"))).reason())
        .isEqualTo("The gap of commit gap-00001 may or may not be noted: time-out");
  }

  @Test
  void aGapDoesNotGoBackInTime() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Gap(
                    Gap.Reason.TRIMMED,
                    Optional.empty(),
                    ShardFeed.TIME,
                    ShardFeed.TIME.minusMillis(1),
                    ""))
        .withMessageContaining("cannot reach until");
  }

  private static Entry with(Entry entry, Ending ending, Optional<Span> span) {
    return new Entry(
        entry.id(),
        entry.shard(),
        entry.parent(),
        entry.epoch(),
        entry.after(),
        span,
        entry.gap(),
        entry.rewind(),
        ending,
        entry.cursor(),
        entry.totals(),
        entry.committedAt(),
        entry.schemas(),
        entry.files());
  }

  private static Entry like(
      Entry entry, SequenceNumber after, Optional<Span> span, ShardCursor cursor) {
    return new Entry(
        entry.id(),
        entry.shard(),
        entry.parent(),
        entry.epoch(),
        after,
        span,
        entry.gap(),
        entry.rewind(),
        entry.ending(),
        cursor,
        entry.totals(),
        entry.committedAt(),
        entry.schemas(),
        span.isEmpty() ? List.of() : entry.files());
  }
}
