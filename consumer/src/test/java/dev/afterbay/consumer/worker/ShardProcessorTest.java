package dev.afterbay.consumer.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.dynamodbv2.streamsadapter.model.DynamoDBStreamsProcessRecordsInput;
import dev.afterbay.consumer.pipeline.Shards;
import dev.afterbay.consumer.pipeline.TablePipelines;
import dev.afterbay.consumer.tracing.CommitSpans;
import dev.afterbay.transforms.fromstream.StreamedRecord;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.kinesis.exceptions.KinesisClientLibDependencyException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

final class ShardProcessorTest {
  @TempDir private Path scratch;
  private Shards shards;
  private TablePipelines pipelines;
  private final OpenShards openShards = new OpenShards();
  private final List<String> halts = new ArrayList<>();
  private final List<String> checkpoints = new ArrayList<>();
  private @Nullable Exception checkpointFailure;

  @BeforeEach
  void anEmptyLake() {
    shards = new Shards(scratch);
    pipelines = shards.worker(Shards.every(Duration.ofMinutes(1)));
  }

  @Test
  void theCheckpointFollowsTheCommitAndNeverLeadsIt() {
    ShardProcessor processor = initialized(ExtendedSequenceNumber.TRIM_HORIZON);

    processor.processRecords(input(Shards.record(1), Shards.record(2)));
    List<String> before = List.copyOf(checkpoints);
    shards.pass(Duration.ofMinutes(1));
    processor.processRecords(input());

    assertThat(before).isEmpty();
    assertThat(checkpoints).containsExactly(Shards.spelled(2));
    assertThat(shards.files()).isEqualTo(1);
  }

  @Test
  void aBatchThatFailsStopsTheProcessInsteadOfBeingSkipped() {
    ShardProcessor processor = initialized(ExtendedSequenceNumber.TRIM_HORIZON);
    Record broken = Record.builder().eventID("e-2").dynamodb(c -> {}).build();

    assertThatCode(() -> processor.processRecords(input(Shards.record(1), broken)))
        .doesNotThrowAnyException();
    shards.pass(Duration.ofHours(1));
    processor.processRecords(input(Shards.record(3)));
    processor.shutdownRequested(requested());

    assertThat(halts).singleElement().asString().contains("Nothing is lost").contains("shardId-1");
    assertThat(checkpoints).isEmpty();
    assertThat(shards.files()).isZero();
    assertThatThrownBy(() -> processor.shardEnded(ended())).isInstanceOf(RuntimeException.class);
  }

  @Test
  void aShardEndIsCommittedBeforeItIsCheckpointed() {
    ShardProcessor processor = initialized(ExtendedSequenceNumber.TRIM_HORIZON);
    processor.processRecords(input(Shards.record(1)));

    processor.shardEnded(ended());

    assertThat(shards.files()).isEqualTo(1);
    assertThat(openShards.none()).isTrue();
    assertThat(checkpoints).containsExactly("largest");
    assertThat(shards.reports).contains("ended");
  }

  @Test
  void aShardEndWhoseCheckpointFailsIsTriedAgain() {
    ShardProcessor processor = initialized(ExtendedSequenceNumber.TRIM_HORIZON);
    processor.processRecords(input(Shards.record(1)));
    checkpointFailure = new ShutdownException("gone");

    assertThatThrownBy(() -> processor.shardEnded(ended()))
        .hasMessageContaining("but not its checkpoint");
    checkpointFailure = null;
    processor.shardEnded(ended());

    assertThat(checkpoints).containsExactly("largest");
    assertThat(shards.files()).isEqualTo(1);
  }

  @Test
  void whatIsProcessedIsNotKeptInMemory() {
    ShardProcessor processor = initialized(ExtendedSequenceNumber.TRIM_HORIZON);
    DynamoDBStreamsProcessRecordsInput input = input(Shards.record(1), Shards.record(2));

    processor.processRecords(input);

    assertThat(input.records())
        .singleElement()
        .isInstanceOfSatisfying(StreamPage.Whole.class, page -> assertThat(page.all()).isEmpty());
  }

  @Test
  void aStopCommitsWhatIsHeld() {
    ShardProcessor processor = initialized(ExtendedSequenceNumber.TRIM_HORIZON);
    processor.processRecords(input(Shards.record(1)));

    boolean heldNothing = openShards.none();
    processor.shutdownRequested(requested());
    boolean holdsNothing = openShards.none();
    processor.leaseLost(LeaseLostInput.builder().build());

    assertThat(heldNothing).isFalse();
    assertThat(holdsNothing).isTrue();
    assertThat(checkpoints).containsExactly(Shards.spelled(1));
    assertThat(shards.reports).endsWith("released");
  }

  @Test
  void aShardWhoseLeaseIsLostHoldsNothing() {
    ShardProcessor processor = initialized(ExtendedSequenceNumber.TRIM_HORIZON);
    processor.processRecords(input(Shards.record(1)));

    processor.leaseLost(LeaseLostInput.builder().build());

    assertThat(openShards.none()).isTrue();
    assertThat(shards.files()).isZero();
  }

  @Test
  void aShardThatCannotCommitIsHeldOn() {
    ShardProcessor processor = initialized(ExtendedSequenceNumber.TRIM_HORIZON);
    Record broken = Record.builder().eventID("e-1").dynamodb(c -> {}).build();
    processor.processRecords(input(broken));

    processor.shutdownRequested(requested());

    assertThat(openShards.none()).isFalse();
  }

  @Test
  void aCheckpointThatFailsIsOnlyAHintLost() {
    ShardProcessor processor = initialized(ExtendedSequenceNumber.TRIM_HORIZON);
    processor.processRecords(input(Shards.record(1)));
    checkpointFailure = new KinesisClientLibDependencyException("no answer");

    processor.shutdownRequested(requested());

    assertThat(halts).isEmpty();
    assertThat(shards.files()).isEqualTo(1);
  }

  @Test
  void aCheckpointThatFailsInSomeUnforeseenWayIsNoMore() {
    ShardProcessor processor = initialized(ExtendedSequenceNumber.TRIM_HORIZON);
    processor.processRecords(input(Shards.record(1)));
    // What KCL makes of an SDK call that reaches its time limit.
    checkpointFailure = new IllegalStateException("no answer in 6 s");

    processor.shutdownRequested(requested());

    assertThat(halts).isEmpty();
    assertThat(shards.files()).isEqualTo(1);
  }

  @Test
  void aLeaseMayBeLostBeforeTheShardWasOpened() {
    ShardProcessor processor = processor();

    processor.leaseLost(LeaseLostInput.builder().build());
    processor.processRecords(input(Shards.record(1)));

    assertThat(halts).isEmpty();
    assertThat(shards.reports).isEmpty();
  }

  @Test
  void aCheckpointBehindTheLogIsCaughtUpByTheLog() {
    ShardProcessor first = initialized(ExtendedSequenceNumber.TRIM_HORIZON);
    first.processRecords(input(Shards.record(1), Shards.record(2)));
    first.shutdownRequested(requested());

    ShardProcessor second = initialized(new ExtendedSequenceNumber(Shards.spelled(1)));
    second.processRecords(input(Shards.record(2), Shards.record(3)));

    assertThat(halts).isEmpty();
    assertThat(shards.reports).endsWith("polled 1 new, 1 known");
  }

  private ShardProcessor processor() {
    return new ShardProcessor(
        (shard, checkpoint) -> pipelines.open(shard),
        processed -> {},
        (reason, cause) -> halts.add(reason),
        CommitSpans.none(),
        openShards,
        new Turns(1),
        new PageRoom(1 << 20, 1, Duration.ZERO));
  }

  private ShardProcessor initialized(ExtendedSequenceNumber checkpoint) {
    ShardProcessor processor = processor();
    processor.initialize(
        InitializationInput.builder()
            .shardId(Shards.SHARD.value())
            .extendedSequenceNumber(checkpoint)
            .build());
    return processor;
  }

  private DynamoDBStreamsProcessRecordsInput input(Record... records) {
    return DynamoDBStreamsProcessRecordsInput.builder()
        .records(
            records.length == 0
                ? List.of()
                : List.of(
                    new StreamPage.Whole(Arrays.stream(records).map(StreamedRecord::of).toList())))
        .checkpointer(checkpointer())
        .build();
  }

  private ShardEndedInput ended() {
    return ShardEndedInput.builder().checkpointer(checkpointer()).build();
  }

  private ShutdownRequestedInput requested() {
    return ShutdownRequestedInput.builder().checkpointer(checkpointer()).build();
  }

  /** Notes what is checkpointed; the interface has a dozen methods, of which two are called. */
  private RecordProcessorCheckpointer checkpointer() {
    return (RecordProcessorCheckpointer)
        Proxy.newProxyInstance(
            RecordProcessorCheckpointer.class.getClassLoader(),
            new Class<?>[] {RecordProcessorCheckpointer.class},
            (proxy, method, arguments) -> {
              if (checkpointFailure != null) {
                throw checkpointFailure;
              }
              assertThat(method.getName()).isEqualTo("checkpoint");
              checkpoints.add(arguments == null ? "largest" : String.valueOf(arguments[0]));
              return null;
            });
  }
}
