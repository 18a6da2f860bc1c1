package dev.afterbay.consumer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.fromstream.UndecodableRecordException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.Record;

final class ShardPipelineTest {
  private static final RollPolicy EVERY_MINUTE = Shards.every(Duration.ofMinutes(1));

  @TempDir private Path scratch;
  private Shards shards;

  @BeforeEach
  void anEmptyLake() {
    shards = new Shards(scratch);
  }

  @Test
  void recordsStayInvisibleUntilTheSegmentIsOldEnough() throws Exception {
    ShardPipeline pipeline = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(pipeline, 1, 3);

    shards.pass(Duration.ofSeconds(59));
    Progress early = pipeline.commitIfDue();
    long filesBefore = shards.files();
    shards.pass(Duration.ofSeconds(1));
    Progress due = pipeline.commitIfDue();

    assertThat(early).isEqualTo(new Progress.Waiting());
    assertThat(filesBefore).isZero();
    assertThat(due).isEqualTo(new Progress.Committed(Shards.spelled(3)));
    assertThat(shards.files()).isEqualTo(1);
  }

  @Test
  void theRecordLimitCutsASegmentWhateverItsAge() throws Exception {
    RollPolicy twoRecords = new RollPolicy(Duration.ofDays(1), Long.MAX_VALUE, 2);
    ShardPipeline pipeline = shards.worker(twoRecords).open(Shards.SHARD);

    feed(pipeline, 1, 2);

    assertThat(pipeline.commitIfDue()).isEqualTo(new Progress.Committed(Shards.spelled(2)));
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
  void aSuccessorDropsWhatTheLogAlreadyHas() throws Exception {
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
  void aLoserGoesOnBehindAWinnerWhoHasAllThatItHeld() throws Exception {
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
  void aLoserWhoHeldMoreThanTheWinnerIgnoresWhatComesAndThenStops() throws Exception {
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
  void theEndOfAShardCommitsWhatIsHeldAndLetsTheChildStart() throws Exception {
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
  void theEndMayBeToldTwice() throws Exception {
    ShardPipeline pipeline = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(pipeline, 1, 2);

    pipeline.end();
    pipeline.end();

    assertThat(shards.files()).isEqualTo(1);
  }

  @Test
  void whatIsDiscardedIsReadAgainByTheNextOwner() throws Exception {
    ShardPipeline first = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(first, 1, 2);

    first.discard();
    ShardPipeline second = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(second, 1, 2);

    assertThat(second.commitHeld()).isEqualTo(new Progress.Committed(Shards.spelled(2)));
    assertThat(shards.reports).contains("released");
  }

  @Test
  void whatIsOlderThanTheStartIsNotKeptHoweverOftenTheWorkerDies() throws Exception {
    shards.pass(Duration.ofMinutes(3));
    ReadingStart first = shards.startLatest();
    ShardPipeline pipeline = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    pipeline.accept(Shards.record(1));
    pipeline.accept(Shards.record(2, first.notBefore().minusSeconds(1)));
    pipeline.accept(Shards.record(3, first.notBefore()));

    shards.pass(Duration.ofHours(1));
    ReadingStart afterACrash = shards.startLatest();
    ShardPipeline next = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    next.accept(Shards.record(2, first.notBefore().minusSeconds(1)));
    next.accept(Shards.record(3, first.notBefore()));
    Progress committed = next.commitHeld();

    assertThat(afterACrash).isEqualTo(first);
    assertThat(committed).isEqualTo(new Progress.Committed(Shards.spelled(3)));
    assertThat(shards.reports).contains("committed 1 in 1 files");
  }

  @Test
  void aTableThatTheLakeKnowsIsReadOnInsteadOfStartedAnew() throws Exception {
    ShardPipeline pipeline = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(pipeline, 1, 1);
    pipeline.commitHeld();

    assertThat(shards.startLatest()).isEqualTo(ReadingStart.TRIM_HORIZON);
  }

  @Test
  void aRecordThatIsNoneIsRefusedByName() {
    ShardPipeline pipeline = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    Record empty = Record.builder().eventID("e-1").build();

    assertThatThrownBy(() -> pipeline.accept(empty)).isInstanceOf(UndecodableRecordException.class);
  }

  private static void feed(ShardPipeline pipeline, int from, int to)
      throws UndecodableRecordException {
    for (int i = from; i <= to; i++) {
      pipeline.accept(Shards.record(i));
    }
  }
}
