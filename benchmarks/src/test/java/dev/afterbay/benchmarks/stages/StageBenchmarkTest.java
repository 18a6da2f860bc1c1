package dev.afterbay.benchmarks.stages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.commit.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.Blackhole;

/** Each stage does what it says, once; how fast is nobody's business here. */
class StageBenchmarkTest {
  private static final Batch BATCH = new Batch();
  private final StageBenchmark stages = new StageBenchmark();
  private final Blackhole hole =
      new Blackhole(
          "Today's password is swordfish. I understand instantiating Blackholes directly"
              + " is dangerous.");

  @BeforeAll
  static void prepare() throws Exception {
    BATCH.prepare();
  }

  @AfterAll
  static void close() {
    BATCH.close();
  }

  @Test
  void aBatchIsAThousandRecordsWithBothImagesOfTwelveAttributes() throws Exception {
    assertThat(stages.decode(BATCH))
        .hasSize(Batch.RECORDS)
        .allSatisfy(
            event -> {
              assertThat(event.newImage()).isNotNull();
              assertThat(event.oldImage()).isNotNull();
              assertThat(event.newImage().item().attributes()).hasSize(12);
            });
  }

  @Test
  void everyRecordIsOrderedAndGetsOneRawRow() {
    assertThat(stages.order(BATCH).records()).isEqualTo(Batch.RECORDS);
    assertThat(BATCH.made).hasSize(Batch.RECORDS).allSatisfy(m -> assertThat(m.rows()).hasSize(1));
  }

  @Test
  void everyRecordGetsATypedRowBesideTheRawOneWithoutLeavingAnythingOver() {
    assertThat(BATCH.events)
        .allSatisfy(
            event -> {
              var made = BATCH.typedRows.rowsOf(BATCH.shard, event, Instant.EPOCH);
              assertThat(made.rows()).hasSize(2);
              assertThat(made.tallies()).isEmpty();
            });
  }

  @Test
  void theOtherStagesRun() throws Exception {
    stages.digest(BATCH, hole);
    stages.route(BATCH, hole);
    stages.encode(BATCH, hole);
    stages.encodeTyped(BATCH, hole);
    assertThat(stages.parquet(BATCH)).isGreaterThan(100_000);
    assertThat(stages.commit(BATCH)).isInstanceOf(Outcome.Committed.class);
  }
}
