package dev.afterbay.consumer.worker;

import com.amazonaws.services.dynamodbv2.streamsadapter.DynamoDBStreamsLeaseManagementFactory;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.common.StreamConfig;
import software.amazon.kinesis.coordinator.DeletedStreamListProvider;
import software.amazon.kinesis.coordinator.StreamInfoManager;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.leases.ShardSyncTaskManager;
import software.amazon.kinesis.metrics.MetricsFactory;
import software.amazon.kinesis.retrieval.RetrievalConfig;

/**
 * The adapter's lease management, made to fit KCL 3.4 and later: they ask for the shard sync with
 * one argument more, which the adapter does not know and would answer with Kinesis's own sync.
 */
final class StreamsLeaseManagement extends DynamoDBStreamsLeaseManagementFactory {
  StreamsLeaseManagement(
      KinesisAsyncClient streams, LeaseManagementConfig leases, RetrievalConfig retrieval) {
    super(streams, leases, retrieval);
  }

  @Override
  public ShardSyncTaskManager createShardSyncTaskManager(
      MetricsFactory metrics,
      StreamConfig stream,
      DeletedStreamListProvider deletedStreams,
      StreamInfoManager unused) {
    return createShardSyncTaskManager(metrics, stream, deletedStreams);
  }
}
