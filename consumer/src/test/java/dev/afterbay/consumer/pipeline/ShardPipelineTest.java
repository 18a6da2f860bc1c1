package dev.afterbay.consumer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.fromstream.StreamedRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShardPipelineTest {
  private static final RollPolicy EVERY_MINUTE = Shards.every(Duration.ofMinutes(1));

  @TempDir private Path scratch;
  private Shards shards;

  @BeforeEach
  void anEmptyLake() {
    shards = new Shards(scratch);
  }

  @Test
  void recordsStayInvisibleUntilTheSegmentIsOldEnough() {
    ShardPipeline pipeline = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(pipeline, 1, 1);
    pipeline.commitHeld();
    feed(pipeline, 2, 3);

    shards.pass(Duration.ofSeconds(59));
    Progress early = pipeline.commitIfDue();
    long filesBefore = shards.files();
    shards.pass(Duration.ofSeconds(1));
    Progress due = pipeline.commitIfDue();

    assertThat(early).isEqualTo(new Progress.Waiting());
    assertThat(filesBefore).isEqualTo(1);
    assertThat(due).isEqualTo(new Progress.Committed(Shards.spelled(3)));
    assertThat(shards.files()).isEqualTo(2);
  }

  @Test
  void theFirstRecordsAfterAnOpeningAreVisibleWithinSeconds() throws Exception {
    ShardPipeline pipeline = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(pipeline, 1, 3);

    shards.pass(Duration.ofSeconds(2));
    Progress early = pipeline.commitIfDue();
    shards.pass(Duration.ofSeconds(1));
    Progress due = pipeline.commitIfDue();

    assertThat(early).isEqualTo(new Progress.Waiting());
    assertThat(due).isEqualTo(new Progress.Committed(Shards.spelled(3)));
  }

  @Test
  void theRecordLimitCutsASegmentWhateverItsAge() {
    RollPolicy twoRecords = new RollPolicy(Duration.ofDays(1), Long.MAX_VALUE, 2);
    ShardPipeline pipeline = shards.worker(twoRecords).open(Shards.SHARD);

    feed(pipeline, 1, 2);

    assertThat(pipeline.commitIfDue()).isEqualTo(new Progress.Committed(Shards.spelled(2)));
  }

  @Test
  void whereTheMemoryIsShortTheLargestSegmentIsCommittedAtItsNextTurn() throws Exception {
    shards.memory(1_100_000);
    TablePipelines worker = shards.worker(EVERY_MINUTE);
    ShardPipeline large = worker.open(Shards.SHARD);
    ShardPipeline small = worker.open(new ShardId("shardId-2"));
    feed(large, 1, 500);
    Progress alone = large.commitIfDue();

    feed(small, 501, 501);
    Progress ofTheSmall = small.commitIfDue();
    Progress ofTheLarge = large.commitIfDue();

    assertThat(alone).isEqualTo(new Progress.Waiting());
    assertThat(ofTheSmall).isEqualTo(new Progress.Waiting());
    assertThat(ofTheLarge).isEqualTo(new Progress.Committed(Shards.spelled(500)));
    assertThat(shards.files()).isEqualTo(1);
  }

  @Test
  void aSegmentThatWasDiscardedTakesNoMemory() throws Exception {
    shards.memory(1_100_000);
    TablePipelines worker = shards.worker(EVERY_MINUTE);
    ShardPipeline first = worker.open(Shards.SHARD);
    feed(first, 1, 500);
    first.commitIfDue();

    first.discard();
    ShardPipeline second = worker.open(Shards.SHARD);
    feed(second, 1, 600);

    assertThat(second.commitIfDue()).isEqualTo(new Progress.Waiting());
  }

  @Test
  void aShardWithoutRecordsCommitsNothing() {
    ShardPipeline pipeline = shards.worker(EVERY_MINUTE).open(Shards.SHARD);

    shards.pass(Duration.ofHours(1));

    assertThat(pipeline.commitIfDue()).isEqualTo(new Progress.Waiting());
    assertThat(pipeline.commitHeld()).isEqualTo(new Progress.Waiting());
    assertThat(shards.store.objects()).isEmpty();
  }

  @Test
  void aSuccessorDropsWhatTheLogAlreadyHas() {
    ShardPipeline first = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(first, 1, 3);
    first.commitHeld();
    feed(first, 4, 5);

    ShardPipeline second = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(second, 1, 5);
    second.commitIfDue();
    second.commitHeld();

    assertThat(second.position()).contains(SequenceNumber.parse("5"));
    assertThat(shards.reports)
        .endsWith("opened", "polled 2 new, 3 known", "committed 2 in 1 files");
  }

  @Test
  void aLoserGoesOnBehindAWinnerWhoHasAllThatItHeld() {
    ShardPipeline loser = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    ShardPipeline winner = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(loser, 1, 2);
    feed(winner, 1, 3);
    winner.commitHeld();

    Progress lost = loser.commitHeld();
    feed(loser, 3, 4);
    Progress next = loser.commitHeld();

    assertThat(lost).isEqualTo(new Progress.Superseded());
    assertThat(next).isEqualTo(new Progress.Committed(Shards.spelled(4)));
    assertThat(shards.store.uploads()).isEmpty();
  }

  @Test
  void aLoserWhoHeldMoreThanTheWinnerIgnoresWhatComesAndThenStops() {
    ShardPipeline loser = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    ShardPipeline winner = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(loser, 1, 5);
    feed(winner, 1, 3);
    winner.commitHeld();

    Progress lost = loser.commitHeld();
    feed(loser, 6, 7);
    Progress later = loser.commitHeld();

    assertThat(lost).isEqualTo(new Progress.Superseded());
    assertThat(later).isEqualTo(new Progress.Superseded());
    assertThat(shards.files()).isEqualTo(1);
    shards.pass(Duration.ofSeconds(21));
    assertThatThrownBy(loser::commitIfDue)
        .hasMessageContaining("another writer committed")
        .hasMessageContaining("a restart reads on from the log");
    assertThatThrownBy(loser::end).hasMessageContaining("another writer holds the shard");
  }

  @Test
  void theEndOfAShardCommitsWhatIsHeldAndLetsTheChildStart() {
    TablePipelines worker = shards.worker(EVERY_MINUTE, Optional.of(Shards.SHARD));
    ShardId child = new ShardId("shardId-2");
    ShardPipeline parent = worker.open(Shards.SHARD);
    feed(parent, 1, 2);
    assertThatThrownBy(() -> worker.open(child)).hasMessageContaining("has not ended");

    parent.end();
    ShardPipeline opened = worker.open(child);

    assertThat(shards.files()).isEqualTo(1);
    assertThat(opened.position()).isEmpty();
    assertThat(shards.reports).contains("committed 2 in 1 files", "ended");
  }

  @Test
  void theEndMayBeToldTwice() {
    ShardPipeline pipeline = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(pipeline, 1, 2);

    pipeline.end();
    pipeline.end();

    assertThat(shards.files()).isEqualTo(1);
  }

  @Test
  void whatIsDiscardedIsReadAgainByTheNextOwner() {
    ShardPipeline first = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(first, 1, 2);

    first.discard();
    ShardPipeline second = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(second, 1, 2);

    assertThat(second.commitHeld()).isEqualTo(new Progress.Committed(Shards.spelled(2)));
    assertThat(shards.reports).contains("released");
  }

  @Test
  void whatIsOlderThanTheStartIsNotKeptHoweverOftenTheWorkerDies() {
    shards.pass(Duration.ofMinutes(3));
    ReadingStart first = shards.startLatest();
    ShardPipeline pipeline = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    pipeline.accept(StreamedRecord.of(Shards.record(1)));
    pipeline.accept(StreamedRecord.of(Shards.record(2, first.notBefore().minusSeconds(1))));
    pipeline.accept(StreamedRecord.of(Shards.record(3, first.notBefore())));

    shards.pass(Duration.ofHours(1));
    ReadingStart afterACrash = shards.startLatest();
    ShardPipeline next = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    next.accept(StreamedRecord.of(Shards.record(2, first.notBefore().minusSeconds(1))));
    next.accept(StreamedRecord.of(Shards.record(3, first.notBefore())));
    Progress committed = next.commitHeld();

    assertThat(afterACrash).isEqualTo(first);
    assertThat(committed).isEqualTo(new Progress.Committed(Shards.spelled(3)));
    assertThat(shards.reports).contains("committed 1 in 1 files");
  }

  @Test
  void aTableThatTheLakeKnowsIsReadOnInsteadOfStartedAnew() {
    ShardPipeline pipeline = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(pipeline, 1, 1);
    pipeline.commitHeld();

    assertThat(shards.startLatest()).isEqualTo(ReadingStart.TRIM_HORIZON);
  }

  private static void feed(ShardPipeline pipeline, int from, int to) {
    for (int i = from; i <= to; i++) {
      pipeline.accept(StreamedRecord.of(Shards.record(i)));
    }
  }
}
