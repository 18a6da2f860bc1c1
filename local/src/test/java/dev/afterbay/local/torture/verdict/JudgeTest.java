package dev.afterbay.local.torture.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final StreamShard PARENT = shard("shardId-1");
  private static final StreamShard CHILD = shard("shardId-2");

  private final List<Written> written = new ArrayList<>();
  private final List<Found> found = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final List<Trim> trims = new ArrayList<>();

  @Test
  void aLakeThatHasEveryRecordOnceHolds() {
    write(PARENT, 1, 2, 3);
    write(CHILD, 4, 5);
    find(PARENT, 1, 2, 3);
    find(CHILD, 4, 5);

    Verdict verdict = judge();

    assertThat(verdict.holds()).isTrue();
    assertThat(verdict.written()).isEqualTo(5);
    assertThat(verdict.rows()).isEqualTo(5);
    assertThat(verdict.examples()).isEmpty();
  }

  @Test
  void aRecordThatIsNowhereIsLost() {
    write(PARENT, 1, 2, 3);
    find(PARENT, 1, 3);

    Verdict verdict = judge();

    assertThat(verdict.lost()).isOne();
    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.examples()).containsExactly("lost: " + PARENT + " " + number(2));
  }

  @Test
  void theSameNumberInAnotherShardIsNotTheRecord() {
    write(PARENT, 1);
    find(CHILD, 1);

    Verdict verdict = judge();

    assertThat(verdict.lost()).isOne();
    assertThat(verdict.strange()).isOne();
  }

  @Test
  void aSecondRowOfARecordIsDoubledWhereverItStands() {
    write(PARENT, 1, 2);
    find(PARENT, 1, 2);
    found.add(row("another.parquet", 0, PARENT, 2));
    found.add(new Found("quarantine.parquet", 0, PARENT, number(1), Optional.empty()));

    assertThat(judge().doubled()).isEqualTo(2);
  }

  @Test
  void aRowThatWasNeverWrittenIsStrange() {
    write(PARENT, 1);
    find(PARENT, 1, 2);

    Verdict verdict = judge();

    assertThat(verdict.strange()).isOne();
    assertThat(verdict.holds()).isFalse();
  }

  @Test
  void aRowWithAnotherKeyOrOperationIsStrange() {
    write(PARENT, 1, 2);
    found.add(row("f", 0, PARENT, 1, new Found.Content("other", "INSERT", 1, "images 1")));
    found.add(row("f", 1, PARENT, 2, new Found.Content("key", "REMOVE", 2, "images 2")));

    Verdict verdict = judge();

    assertThat(verdict.strange()).isEqualTo(2);
    assertThat(verdict.lost()).isZero();
  }

  @Test
  void aRowWithOtherImagesIsDamaged() {
    write(PARENT, 1);
    found.add(row("f", 0, PARENT, 1, new Found.Content("key", "INSERT", 1, "images 9")));

    Verdict verdict = judge();

    assertThat(verdict.damaged()).isOne();
    assertThat(verdict.holds()).isFalse();
  }

  @Test
  void rowsOfAKeyMustBeInTheOrderOfTheirNumbersInAFile() {
    write(PARENT, 1, 2, 3);
    found.add(row("f", 0, PARENT, 2));
    found.add(row("f", 1, PARENT, 1));
    found.add(row("g", 0, PARENT, 3));

    Verdict verdict = judge();

    assertThat(verdict.outOfOrder()).isOne();
    assertThat(verdict.holds()).isFalse();
  }

  @Test
  void rowsOfDifferentKeysMayStandInAnyOrder() {
    written.add(new Written(PARENT, number(1), "one", "INSERT", "images 1"));
    written.add(new Written(PARENT, number(2), "two", "INSERT", "images 2"));
    found.add(row("f", 0, PARENT, 2, new Found.Content("two", "INSERT", 2, "images 2")));
    found.add(row("f", 1, PARENT, 1, new Found.Content("one", "INSERT", 1, "images 1")));

    assertThat(judge().holds()).isTrue();
  }

  @Test
  void theTimeMayNotStepBackInAShard() {
    write(PARENT, 1, 2);
    found.add(row("f", 0, PARENT, 1, new Found.Content("key", "INSERT", 10, "images 1")));
    found.add(row("f", 1, PARENT, 2, new Found.Content("key", "INSERT", 9, "images 2")));

    assertThat(judge().outOfOrder()).isOne();
  }

  @Test
  void theTimeMayNotStepBackFromParentToChild() {
    write(PARENT, 1);
    write(CHILD, 2);
    found.add(row("f", 0, PARENT, 1, new Found.Content("key", "INSERT", 10, "images 1")));
    found.add(row("g", 0, CHILD, 2, new Found.Content("key", "INSERT", 9, "images 2")));

    assertThat(judge().outOfOrder()).isOne();
  }

  @Test
  void aRecordThatWasSetAsideIsThere() {
    write(PARENT, 1, 2);
    find(PARENT, 1);
    found.add(new Found("quarantine.parquet", 0, PARENT, number(2), Optional.empty()));

    assertThat(judge().holds()).isTrue();
  }

  @Test
  void aGapCoversWhatATrimTook() {
    write(PARENT, 1, 2, 3, 4, 5);
    find(PARENT, 1, 5);
    gaps.add(gap(1, 5));
    trims.add(new Trim(PARENT, number(4)));

    Verdict verdict = judge();

    assertThat(verdict.holds()).as("%s", verdict).isTrue();
    assertThat(verdict.missing()).isEqualTo(3);
  }

  @Test
  void aGapWithoutEndCoversTheRestOfTheShard() {
    write(PARENT, 1, 2, 3);
    find(PARENT, 1);
    gaps.add(new Gap(PARENT, number(1), Optional.empty()));
    trims.add(new Trim(PARENT, number(3)));

    assertThat(judge().holds()).isTrue();
  }

  @Test
  void aTrimWithoutGapIsALoss() {
    write(PARENT, 1, 2, 3);
    find(PARENT, 1, 3);
    trims.add(new Trim(PARENT, number(2)));

    Verdict verdict = judge();

    assertThat(verdict.lost()).isOne();
    assertThat(verdict.wrongGaps()).isOne();
    assertThat(verdict.holds()).isFalse();
  }

  @Test
  void aGapThatStopsTooEarlyLeavesALoss() {
    write(PARENT, 1, 2, 3, 4);
    find(PARENT, 1, 4);
    gaps.add(gap(1, 3));
    trims.add(new Trim(PARENT, number(3)));

    assertThat(judge().lost()).isOne();
  }

  @Test
  void aGapThatReachesTooFarIsWrong() {
    write(PARENT, 1, 2, 3, 4);
    find(PARENT, 1, 4);
    gaps.add(gap(1, 4));
    trims.add(new Trim(PARENT, number(2)));

    Verdict verdict = judge();

    assertThat(verdict.wrongGaps()).isOne();
    assertThat(verdict.examples().get(0)).contains("more is missing");
  }

  @Test
  void aGapOverRowsOfTheLakeIsWrong() {
    write(PARENT, 1, 2, 3);
    find(PARENT, 1, 2, 3);
    gaps.add(gap(1, 3));
    trims.add(new Trim(PARENT, number(2)));

    assertThat(judge().wrongGaps()).isOne();
  }

  @Test
  void aGapThatNoTrimExplainsIsWrong() {
    write(PARENT, 1, 2, 3);
    find(PARENT, 1, 3);
    gaps.add(gap(1, 3));

    Verdict verdict = judge();

    assertThat(verdict.wrongGaps()).isOne();
    assertThat(verdict.holds()).isFalse();
  }

  @Test
  void aGapInWhichNothingIsMissingIsWrong() {
    write(PARENT, 1, 2);
    find(PARENT, 1, 2);
    gaps.add(gap(1, 2));

    assertThat(judge().wrongGaps()).isOne();
  }

  @Test
  void everyRowOfTheChangesHasItsOneRowInTheTypedTable() {
    write(PARENT, 1, 2);
    find(PARENT, 1, 2);
    List<Twin> twins = twins();
    List<Twin> doubled = new ArrayList<>(twins);
    doubled.add(twins.get(1));

    assertThat(judge(twins).untyped()).isZero();
    assertThat(judge(twins.subList(0, 1)).untyped()).isOne();
    assertThat(judge(doubled).untyped()).isOne();
    assertThat(judge(doubled).holds()).isFalse();
    assertThat(judge(List.of(twins.get(0), new Twin(PARENT, number(2), "other"))).untyped())
        .isEqualTo(2);
  }

  private Verdict judge() {
    return judge(twins());
  }

  private Verdict judge(List<Twin> twins) {
    return Judge.judge(new Evidence(written, Map.of(CHILD, PARENT), found, twins, gaps, trims));
  }

  /** A row of the typed table for each row of the changes. */
  private List<Twin> twins() {
    return found.stream()
        .flatMap(
            row ->
                row.content().stream()
                    .map(content -> new Twin(row.shard(), row.number(), content.key())))
        .toList();
  }

  private void write(StreamShard shard, long... numbers) {
    LongStream.of(numbers)
        .forEach(n -> written.add(new Written(shard, number(n), "key", "INSERT", "images " + n)));
  }

  private void find(StreamShard shard, long... numbers) {
    LongStream.of(numbers)
        .forEach(n -> found.add(row(shard.shard() + ".parquet", found.size(), shard, n)));
  }

  private static Found row(String file, long line, StreamShard shard, long number) {
    Found.Content content = new Found.Content("key", "INSERT", number, "images " + number);
    return row(file, line, shard, number, content);
  }

  private static Found row(
      String file, long line, StreamShard shard, long number, Found.Content content) {
    return new Found(file, line, shard, number(number), Optional.of(content));
  }

  private static Gap gap(long after, long before) {
    return new Gap(PARENT, number(after), Optional.of(number(before)));
  }

  private static SequenceNumber number(long number) {
    return SequenceNumber.parse(Long.toString(number));
  }

  private static StreamShard shard(String id) {
    return new StreamShard(
        new TableName("Orders"), new StreamLabel("2026-11-21T00:00:00.000"), new ShardId(id));
  }
}
