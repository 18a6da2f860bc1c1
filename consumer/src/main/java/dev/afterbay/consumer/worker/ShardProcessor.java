package dev.afterbay.consumer.worker;

import com.amazonaws.services.dynamodbv2.streamsadapter.adapter.DynamoDBStreamsClientRecord;
import com.amazonaws.services.dynamodbv2.streamsadapter.model.DynamoDBStreamsProcessRecordsInput;
import com.amazonaws.services.dynamodbv2.streamsadapter.processor.DynamoDBStreamsShardRecordProcessor;
import dev.afterbay.consumer.pipeline.DeniedShardException;
import dev.afterbay.consumer.pipeline.Progress;
import dev.afterbay.consumer.pipeline.ShardPipeline;
import dev.afterbay.consumer.tracing.CommitSpans;
import dev.afterbay.transforms.change.ShardId;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/**
 * KCL's view of one shard: hands records to the shard's pipeline and keeps the checkpoint close
 * behind the commit log.
 *
 * <p>KCL skips a batch whose processing throws. So nothing is thrown out of {@code processRecords}:
 * what goes wrong there stops the process, and the next one goes on from the log.
 */
final class ShardProcessor implements DynamoDBStreamsShardRecordProcessor {
  private static final Logger LOG = LoggerFactory.getLogger(ShardProcessor.class);

  private final BiFunction<ShardId, ExtendedSequenceNumber, ShardPipeline> pipelines;
  private final Consumer<ShardPipeline> processed;
  private final Halt halt;
  private final CommitSpans spans;
  private final OpenShards openShards;
  private final Turns turns;
  private final PageRoom room;
  private @Nullable ShardPipeline pipeline;
  private boolean halted;

  // KCL makes processors that it never initializes: no side effects here.
  ShardProcessor(
      BiFunction<ShardId, ExtendedSequenceNumber, ShardPipeline> pipelines,
      Consumer<ShardPipeline> processed,
      Halt halt,
      CommitSpans spans,
      OpenShards openShards,
      Turns turns,
      PageRoom room) {
    this.pipelines = pipelines;
    this.processed = processed;
    this.halt = halt;
    this.spans = spans;
    this.openShards = openShards;
    this.turns = turns;
    this.room = room;
  }

  /** Recovers the shard from its log. What is thrown here makes KCL try again. */
  @Override
  public void initialize(InitializationInput input) {
    ShardId shard = new ShardId(input.shardId());
    pipeline = pipelines.apply(shard, input.extendedSequenceNumber());
    openShards.opened(this, shard);
  }

  @Override
  public void processRecords(DynamoDBStreamsProcessRecordsInput input) {
    ShardPipeline open = pipeline;
    if (halted || open == null) {
      return;
    }
    try {
      for (DynamoDBStreamsClientRecord record : input.records()) {
        StreamPage.Whole page = (StreamPage.Whole) record;
        page.ready();
        turns.take(() -> page.all().forEach(open::accept));
        page.processed();
      }
      follow(open, open.commitIfDue(), input.checkpointer());
      processed.accept(open);
    } catch (RuntimeException e) {
      halt(open, e);
    }
  }

  /** Everything in the shard is committed before the checkpoint says so; until then KCL retries. */
  @Override
  public void shardEnded(ShardEndedInput input) {
    ShardPipeline open = pipeline;
    if (halted || open == null) {
      throw new IllegalStateException("The shard's end is not in the commit log yet");
    }
    try {
      open.end();
    } catch (DeniedShardException e) {
      halt(open, e);
      throw e;
    }
    closed(open);
    CommitSpans.Checkpoint checkpoint = spans.checkpoint(open.shard());
    try {
      input.checkpointer().checkpoint();
    } catch (InvalidStateException | ShutdownException e) {
      checkpoint.failed(e);
      throw new IllegalStateException("The shard's end is committed, but not its checkpoint", e);
    } finally {
      checkpoint.ends();
    }
  }

  @Override
  public void shutdownRequested(ShutdownRequestedInput input) {
    ShardPipeline open = pipeline;
    if (halted || open == null) {
      return;
    }
    try {
      follow(open, open.commitHeld(), input.checkpointer());
      closed(open);
    } catch (RuntimeException e) {
      halt(open, e);
    }
  }

  /** May come before {@code initialize}, and also after a graceful stop. */
  @Override
  public void leaseLost(LeaseLostInput input) {
    ShardPipeline open = pipeline;
    pipeline = null;
    openShards.closed(this);
    if (open != null) {
      room.closed(open.shard().shard());
      if (!halted) {
        open.discard();
      }
    }
  }

  private void closed(ShardPipeline open) {
    openShards.closed(this);
    room.closed(open.shard().shard());
  }

  private void halt(ShardPipeline open, Exception cause) {
    halted = true;
    halt.because(
        "Shard "
            + open.shard()
            + " cannot go on: "
            + cause.getMessage()
            + ". Nothing is lost: the next start goes on from the commit log",
        cause);
  }

  /** The checkpoint only saves reading: that it fails is worth a line in the log and no more. */
  private void follow(
      ShardPipeline open, Progress progress, RecordProcessorCheckpointer checkpointer) {
    if (!(progress instanceof Progress.Committed committed)) {
      return;
    }
    CommitSpans.Checkpoint checkpoint = spans.checkpoint(open.shard());
    try {
      checkpointer.checkpoint(committed.lastSequenceNumber());
    } catch (ShutdownException e) {
      checkpoint.failed(e);
      LOG.info("The lease went to another worker before the checkpoint; the log has the commit");
    } catch (InvalidStateException | RuntimeException e) {
      checkpoint.failed(e);
      LOG.warn("Checkpoint postponed to the next commit: {}", e.toString());
    } finally {
      checkpoint.ends();
    }
  }
}
