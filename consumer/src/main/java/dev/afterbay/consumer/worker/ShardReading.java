package dev.afterbay.consumer.worker;

import dev.afterbay.consumer.pipeline.Continuity;
import dev.afterbay.consumer.pipeline.PipelineObserver;
import dev.afterbay.consumer.pipeline.ReadingPoint;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The reading of one shard while this worker holds its lease: every call for its records goes
 * through here, below KCL and the streams adapter. So it is seen here, and not guessed, when the
 * stream has no longer what was asked for; the reader above gets what comes next and the pipeline
 * is told that something is missing before it.
 */
final class ShardReading implements DynamoDbStreamsClient, PageSource, Continuity {
  private static final Logger LOG = LoggerFactory.getLogger(ShardReading.class);

  /** A shard whose newest record is no older than this is read up to its end. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final DynamoDbStreamsClient streams;
  private final PageSource pages;
  private final String streamArn;
  private final StreamShard shard;
  private final InstantSource clock;
  private final PipelineObserver observer;
  private final Set<SequenceNumber> brokenBefore = ConcurrentHashMap.newKeySet();
  private final ShardEnd end = new ShardEnd();
  private final IdleShard idle;
  private volatile @Nullable String beginning;
  private volatile boolean trimmed;
  private volatile boolean gone;

  ShardReading(
      DynamoDbStreamsClient streams,
      PageSource pages,
      String streamArn,
      StreamShard shard,
      InstantSource clock,
      PipelineObserver observer,
      Duration idleLatency) {
    this.streams = streams;
    this.pages = pages;
    this.streamArn = streamArn;
    this.shard = shard;
    this.clock = clock;
    this.observer = observer;
    this.idle = new IdleShard(idleLatency);
  }

  /**
   * Prepares for a reader that starts at a point.
   *
   * @param starting the sequence number with which the shard begins, as the stream spells it; null
   *     if it is not known
   */
  void startsAt(ReadingPoint point, @Nullable String starting) {
    beginning = point instanceof ReadingPoint.Beginning ? starting : null;
  }

  @Override
  public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
    try {
      return fromBeginning(request);
    } catch (TrimmedDataAccessException e) {
      noteTrim();
      return fromHorizon();
    } catch (ResourceNotFoundException e) {
      gone = true;
      throw e;
    }
  }

  /**
   * The next page. An idle shard is not asked each time: then the page is empty and leads to where
   * the reader stands. So everything above goes on at its usual pace, whatever the stream is asked.
   */
  @Override
  public ShardPage page(GetRecordsRequest request) {
    Instant asked = clock.instant();
    if (idle.rests(request.shardIterator(), asked)) {
      return ShardPage.empty(request.shardIterator());
    }
    ShardPage page;
    try {
      page = pages.page(request);
    } catch (TrimmedDataAccessException e) {
      noteTrim();
      page = pages.page(request.toBuilder().shardIterator(fromHorizon().shardIterator()).build());
    } catch (ResourceNotFoundException e) {
      gone = true;
      throw e;
    }
    see(asked, page);
    end.see(asked, page);
    return page;
  }

  /** What the reader was given before the stream had nothing more; empty if it has, or may have. */
  Optional<ShardEnd.Reached> reachedEnd() {
    return trimmed || gone ? Optional.empty() : end.reached();
  }

  @Override
  public boolean brokenBefore(SequenceNumber record) {
    return brokenBefore.remove(record);
  }

  @Override
  public End end() {
    if (gone) {
      return knownAgain() ? End.DENIED : End.VANISHED;
    }
    return trimmed ? End.TRIMMED : End.WHOLE;
  }

  @Override
  public DescribeStreamResponse describeStream(DescribeStreamRequest request) {
    return streams.describeStream(request);
  }

  @Override
  public String serviceName() {
    return streams.serviceName();
  }

  /** The connections belong to whoever made them. */
  @Override
  public void close() {}

  /**
   * A shard whose first record must not be missed is asked for by its number: the horizon would
   * begin wherever the stream does now, without a word.
   */
  private GetShardIteratorResponse fromBeginning(GetShardIteratorRequest request) {
    String first = beginning;
    if (first == null || request.shardIteratorType() != ShardIteratorType.TRIM_HORIZON) {
      return streams.getShardIterator(request);
    }
    try {
      streams.getShardIterator(
          request.toBuilder()
              .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
              .sequenceNumber(first)
              .build());
    } catch (TrimmedDataAccessException | ResourceNotFoundException e) {
      throw e;
    } catch (DynamoDbException e) {
      LOG.atDebug()
          .addKeyValue("table", shard.table())
          .addKeyValue("shardId", shard.shard())
          .setCause(e)
          .log("The shard cannot be asked for by its first number");
    }
    return streams.getShardIterator(request);
  }

  private boolean knownAgain() {
    try {
      fromHorizon();
      return true;
    } catch (ResourceNotFoundException e) {
      return false;
    }
  }

  private GetShardIteratorResponse fromHorizon() {
    return streams.getShardIterator(
        horizon ->
            horizon
                .streamArn(streamArn)
                .shardId(shard.shard().value())
                .shardIteratorType(ShardIteratorType.TRIM_HORIZON));
  }

  private void noteTrim() {
    LOG.atWarn()
        .addKeyValue("event", "trimmed")
        .addKeyValue("table", shard.table())
        .addKeyValue("shardId", shard.shard())
        .log("The stream has trimmed what was to be read next");
    trimmed = true;
  }

  private void see(Instant asked, ShardPage page) {
    if (!page.isEmpty() && trimmed) {
      page.first().ifPresent(this::breakBefore);
    }
    observer.fetched(shard);
    if (page.isEmpty()) {
      idle.sawNothing(asked, page);
      observer.caughtUp(shard);
    } else if (isFresh(page)) {
      idle.sawNew(asked, page);
      observer.caughtUp(shard);
    } else {
      idle.sawOld(asked, page);
    }
  }

  private void breakBefore(SequenceNumber record) {
    brokenBefore.add(record);
    trimmed = false;
  }

  private boolean isFresh(ShardPage page) {
    Instant limit = clock.instant().minus(FRESH);
    return page.lastCreated().filter(created -> created.isAfter(limit)).isPresent();
  }
}
