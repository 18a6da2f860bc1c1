package dev.afterbay.consumer.worker;

import dev.afterbay.transforms.change.ShardId;
import java.time.InstantSource;
import software.amazon.kinesis.metrics.MetricsFactory;
import software.amazon.kinesis.retrieval.GetRecordsRetrievalStrategy;
import software.amazon.kinesis.retrieval.RecordsPublisher;
import software.amazon.kinesis.retrieval.polling.SimpleRecordsFetcherFactory;
import software.amazon.kinesis.retrieval.polling.SleepTimeController;

/** How KCL reads each shard: with a pacing of the shard's own. */
final class ShardPolling extends SimpleRecordsFetcherFactory {
  private final InstantSource clock;
  private final PageRoom room;

  ShardPolling(InstantSource clock, PageRoom room) {
    this.clock = clock;
    this.room = room;
  }

  @Override
  public RecordsPublisher createRecordsFetcher(
      GetRecordsRetrievalStrategy strategy,
      String shardId,
      MetricsFactory metrics,
      int maxRecords,
      SleepTimeController ofTheWholeStream) {
    ShardId shard = new ShardId(shardId);
    return super.createRecordsFetcher(
        strategy,
        shardId,
        metrics,
        maxRecords,
        new PollPacing(clock, () -> room.nearlyFull(shard)));
  }
}
