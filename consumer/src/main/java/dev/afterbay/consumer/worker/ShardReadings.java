package dev.afterbay.consumer.worker;

import dev.afterbay.consumer.pipeline.PipelineObserver;
import dev.afterbay.consumer.pipeline.ReadingPoint;
import dev.afterbay.consumer.pipeline.ShardPipeline;
import dev.afterbay.consumer.pipeline.TablePipelines;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.fromstream.StreamedRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.retrieval.DataFetcherProviderConfig;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;
import software.amazon.kinesis.retrieval.polling.DataFetcher;

/**
 * The readings of one stream's shards in this process. KCL asks here for the reader of a shard, and
 * the processor of that shard finds its reading here.
 */
final class ShardReadings {
  private static final int LARGEST_PAGE = 1_000;

  private final DynamoDbStreamsClient streams;
  private final PageSource pages;
  private final Region region;
  private final String streamArn;
  private final StreamShards shards;
  private final TableName table;
  private final StreamLabel stream;
  private final TablePipelines pipelines;
  private final LeaseRepair leases;
  private final PageRoom room;
  private final InstantSource clock;
  private final PipelineObserver observer;
  private final ReadThrough readThrough;
  private final Duration idleLatency;
  private final Map<ShardId, ShardReading> readings = new ConcurrentHashMap<>();

  ShardReadings(
      DynamoDbStreamsClient streams,
      PageSource pages,
      Region region,
      String streamArn,
      StreamShards shards,
      TableName table,
      StreamLabel stream,
      TablePipelines pipelines,
      LeaseRepair leases,
      PageRoom room,
      InstantSource clock,
      PipelineObserver observer,
      ReadThrough readThrough,
      Duration idleLatency) {
    this.streams = streams;
    this.pages = pages;
    this.region = region;
    this.streamArn = streamArn;
    this.shards = shards;
    this.table = table;
    this.stream = stream;
    this.pipelines = pipelines;
    this.leases = leases;
    this.room = room;
    this.clock = clock;
    this.observer = observer;
    this.readThrough = readThrough;
    this.idleLatency = idleLatency;
  }

  /** The reader of a shard for KCL: it starts where the commit log says, not the checkpoint. */
  DataFetcher fetcher(DataFetcherProviderConfig fetch) {
    ShardId shard = new ShardId(fetch.getShardId());
    ShardReading reading = begin(shard);
    readings.put(shard, reading);
    return new LimitedPages(new StreamsAdapter(reading, reading, region), fetch, room) {
      @Override
      public void initialize(
          ExtendedSequenceNumber checkpoint, InitialPositionInStreamExtended position) {
        ReadingPoint point = point(shard, reading);
        super.initialize(
            point instanceof ReadingPoint.After after
                ? new ExtendedSequenceNumber(after.position().spelled())
                : ExtendedSequenceNumber.TRIM_HORIZON,
            position);
      }
    };
  }

  /**
   * The pipeline of a shard whose reader KCL has asked for.
   *
   * @param checkpoint from which KCL takes the shard to be unread
   * @throws IllegalStateException if the shard cannot be opened now; KCL tries again
   */
  ShardPipeline open(ShardId shard, ExtendedSequenceNumber checkpoint) {
    refuseAhead(shard, checkpoint);
    ShardReading reading = readings.computeIfAbsent(shard, this::begin);
    return pipelines.open(shard, reading, this::finish);
  }

  /** Notes up to when a shard was read through, if its pipeline holds nothing of it. */
  void noteIfReadThrough(ShardPipeline pipeline) {
    ShardReading reading = readings.get(pipeline.shard().shard());
    if (reading != null) {
      reading
          .reachedEnd()
          .filter(reached -> pipeline.isCommitted(reached.last()))
          .ifPresent(
              reached -> {
                observer.completeThrough(pipeline.shard(), reached.at());
                readThrough.note(pipeline.shard(), pipeline.epoch(), reached.at());
              });
    }
  }

  private void refuseAhead(ShardId shard, ExtendedSequenceNumber checkpoint) {
    if (checkpoint.isSentinelCheckpoint()) {
      return;
    }
    SequenceNumber read = SequenceNumber.parse(checkpoint.sequenceNumber());
    ReadingPoint point = pipelines.point(shard);
    if (!(point instanceof ReadingPoint.After after) || read.isAfter(after.position())) {
      leases.setBack(shard, checkpoint.sequenceNumber(), point);
      throw new IllegalStateException(
          "The checkpoint of " + shard + " was ahead of the commit log; it is opened again");
    }
  }

  /**
   * Reads a shard that is closed and that KCL takes for finished, though its log has not ended: its
   * lease was lost or edited by hand. What is left is read here, past KCL.
   */
  private void finish(ShardId shard) {
    ShardReading reading = begin(shard);
    ReadingPoint point = point(shard, reading);
    ShardPipeline pipeline = pipelines.open(shard, reading, this::finish);
    try {
      read(shard, reading, point, pipeline);
      pipeline.end();
    } finally {
      pipeline.discard();
    }
  }

  private void read(
      ShardId shard, ShardReading reading, ReadingPoint point, ShardPipeline pipeline) {
    Optional<String> iterator = Optional.of(iterator(shard, reading, point));
    while (iterator.isPresent()) {
      String at = iterator.get();
      ShardPage page =
          reading.page(GetRecordsRequest.builder().shardIterator(at).limit(LARGEST_PAGE).build());
      iterator = Optional.ofNullable(page.nextIterator());
      if (page.isEmpty() && iterator.isPresent()) {
        throw new IllegalStateException(
            "Shard " + shard + " has not ended in the commit log and is still being written");
      }
      for (StreamedRecord record : page.records()) {
        pipeline.accept(record);
      }
      pipeline.commitIfDue();
    }
  }

  private String iterator(ShardId shard, ShardReading reading, ReadingPoint point) {
    return reading
        .getShardIterator(
            request -> {
              request.streamArn(streamArn).shardId(shard.value());
              if (point instanceof ReadingPoint.After after) {
                request
                    .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .sequenceNumber(after.position().spelled());
              } else {
                request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
              }
            })
        .shardIterator();
  }

  private ShardReading begin(ShardId shard) {
    return new ShardReading(
        streams,
        pages,
        streamArn,
        new StreamShard(table, stream, shard),
        clock,
        observer,
        idleLatency);
  }

  private ReadingPoint point(ShardId shard, ShardReading reading) {
    ReadingPoint point = pipelines.point(shard);
    reading.startsAt(
        point,
        shards
            .find(shard)
            .map(listed -> listed.sequenceNumberRange())
            .map(range -> range.startingSequenceNumber())
            .orElse(null));
    return point;
  }
}
