package dev.afterbay.consumer.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.consumer.pipeline.ShardPipeline;
import dev.afterbay.consumer.pipeline.Shards;
import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.fromstream.StreamedRecord;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitSpansTest {
  private static final RollPolicy EVERY_MINUTE = Shards.every(Duration.ofMinutes(1));

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final CommitSpans spans =
      new CommitSpans(
          SdkTracerProvider.builder()
              .addSpanProcessor(SimpleSpanProcessor.create(exporter))
              .build()
              .get("test"),
          "worker-1");

  @TempDir private Path scratch;
  private Shards shards;

  @BeforeEach
  void aLakeThatIsWatched() {
    shards = new Shards(scratch);
    shards.commits = spans;
  }

  @Test
  void aCommitIsASpanWithItsPartsInOrder() {
    ShardPipeline pipeline = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(pipeline, 1, 3);
    pipeline.commitHeld();
    spans.checkpoint(pipeline.shard()).ends();

    assertThat(names()).containsExactly("stage", "put entry", "publish", "commit", "checkpoint");
    SpanData commit = span("commit");
    assertThat(commit.getParentSpanContext().isValid()).isFalse();
    assertThat(exporter.getFinishedSpanItems())
        .filteredOn(span -> span != commit)
        .allSatisfy(part -> assertThat(part.getParentSpanId()).isEqualTo(commit.getSpanId()))
        .allSatisfy(part -> assertThat(part.getTraceId()).isEqualTo(commit.getTraceId()));
  }

  @Test
  void aSpanSaysWhereItIsAndNothingOfWhatIsCommitted() {
    ShardPipeline pipeline = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(pipeline, 1, 3);
    pipeline.commitHeld();

    SpanData commit = span("commit");
    assertThat(commit.getAttributes().asMap().keySet())
        .extracting(AttributeKey::getKey)
        .containsExactlyInAnyOrder(
            "table",
            "shardId",
            "commitId",
            "workerId",
            "sequenceNumber",
            "outcome",
            "records",
            "files");
    assertThat(commit.getAttributes().get(CommitSpans.TABLE)).isEqualTo(Shards.TABLE.value());
    assertThat(commit.getAttributes().get(CommitSpans.SHARD)).isEqualTo(Shards.SHARD.value());
    assertThat(commit.getAttributes().get(CommitSpans.WORKER)).isEqualTo("worker-1");
    assertThat(commit.getAttributes().get(CommitSpans.LAST))
        .isEqualTo(SequenceNumber.parse(Shards.spelled(3)).padded());
    assertThat(commit.getAttributes().get(CommitSpans.RECORDS)).isEqualTo(3);
    assertThat(commit.getAttributes().get(CommitSpans.FILES)).isEqualTo(1);
    assertThat(span("stage").getAttributes().asMap().keySet())
        .extracting(AttributeKey::getKey)
        .containsExactlyInAnyOrder("table", "shardId", "commitId", "workerId");
    assertThat(span("stage").getAttributes().get(CommitSpans.COMMIT))
        .isEqualTo(commit.getAttributes().get(CommitSpans.COMMIT));
  }

  @Test
  void aCommitThatLosesItsRaceGivesWay() {
    ShardPipeline slow = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    ShardPipeline fast = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(slow, 1, 2);
    feed(fast, 1, 2);
    fast.commitHeld();
    exporter.reset();

    slow.commitHeld();

    assertThat(names()).containsExactly("stage", "put entry", "give way", "publish", "commit");
    assertThat(span("commit").getAttributes().get(CommitSpans.OUTCOME)).isEqualTo("superseded");
    assertThat(span("commit").getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void aCheckpointThatFailsTellsTheKindOfFailureAlone() {
    ShardPipeline pipeline = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(pipeline, 1, 1);
    pipeline.commitHeld();

    CommitSpans.Checkpoint checkpoint = spans.checkpoint(pipeline.shard());
    checkpoint.failed(new IllegalStateException("whatever"));
    checkpoint.ends();

    assertThat(span("checkpoint").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span("checkpoint").getStatus().getDescription()).isEqualTo("IllegalStateException");
  }

  @Test
  void aCheckpointWithoutACommitHasNoSpan() {
    ShardPipeline pipeline = shards.worker(EVERY_MINUTE).open(Shards.SHARD);

    spans.checkpoint(pipeline.shard()).ends();

    assertThat(exporter.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void whenOffNothingIsRemembered() {
    CommitSpans off = CommitSpans.none();
    shards.commits = off;
    ShardPipeline pipeline = shards.worker(EVERY_MINUTE).open(Shards.SHARD);
    feed(pipeline, 1, 1);

    pipeline.commitHeld();
    off.checkpoint(pipeline.shard()).ends();

    assertThat(exporter.getFinishedSpanItems()).isEmpty();
    assertThat(shards.files()).isEqualTo(1);
  }

  private List<String> names() {
    return exporter.getFinishedSpanItems().stream().map(SpanData::getName).toList();
  }

  private SpanData span(String name) {
    return exporter.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void feed(ShardPipeline pipeline, int from, int to) {
    for (int number = from; number <= to; number++) {
      pipeline.accept(StreamedRecord.of(Shards.record(number)));
    }
  }
}
