package dev.afterbay.consumer.worker;

import com.amazonaws.services.dynamodbv2.streamsadapter.AmazonDynamoDBStreamsAdapterClient;
import com.amazonaws.services.dynamodbv2.streamsadapter.StreamsSchedulerFactory;
import com.amazonaws.services.dynamodbv2.streamsadapter.polling.DynamoDBStreamsPollingConfig;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.kinesis.checkpoint.CheckpointConfig;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.StreamConfig;
import software.amazon.kinesis.coordinator.CoordinatorConfig;
import software.amazon.kinesis.coordinator.DeletedStreamListProvider;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.lifecycle.LifecycleConfig;
import software.amazon.kinesis.metrics.MetricsConfig;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.ProcessorConfig;
import software.amazon.kinesis.processor.ShardRecordProcessorFactory;
import software.amazon.kinesis.processor.StreamTracker;
import software.amazon.kinesis.retrieval.RetrievalConfig;

/**
 * KCL's settings for one stream. Wired by hand instead of by the adapter's factory, which would put
 * its own lease management and pacing over ours.
 */
final class KclConfiguration {
  private final String application;
  private final StreamTracker tracker;
  private final RetrievalConfig retrieval;
  private final LeaseManagementConfig leases;
  private final StreamsLeaseManagement leaseManagement;

  KclConfiguration(
      String application,
      String workerId,
      String streamArn,
      AmazonDynamoDBStreamsAdapterClient streams,
      ShardReadings readings,
      DynamoDbAsyncClient dynamoDb,
      PageRoom room,
      OpenShards openShards,
      InstantSource clock) {
    this.application = application;
    this.tracker =
        StreamsSchedulerFactory.createSingleStreamTracker(
            streamArn,
            InitialPositionInStreamExtended.newInitialPosition(
                InitialPositionInStream.TRIM_HORIZON));
    DynamoDBStreamsPollingConfig polling = new DynamoDBStreamsPollingConfig(streams);
    polling.dataFetcherProvider(readings::fetcher);
    polling.recordsFetcherFactory(new ShardPolling(clock, room));
    // A page is read when the one before it is done with, so that a commit holds up the reading.
    polling.maxPendingProcessRecordsInput(1);
    polling.kinesisRequestTimeout(Timings.POLL_CALL);
    this.retrieval =
        new RetrievalConfig(streams, tracker, application).retrievalSpecificConfig(polling);
    this.leases =
        new LeaseManagementConfig(application, application, dynamoDb, streams, workerId)
            .dynamoDbRequestTimeout(Timings.LEASE_CALL)
            .failoverTimeMillis(Timings.FAILOVER.toMillis())
            .leaseAssignmentIntervalMillis(Timings.LEASE_ASSIGNMENT.toMillis())
            .dynamoDbLockBasedLeaderLeaseDurationInMillis(Timings.LEADER_LEASE.toMillis())
            .dynamoDbLockBasedLeaderHeartbeatPeriodInMillis(Timings.LEADER_HEARTBEAT.toMillis())
            .leasesRecoveryAuditorInconsistencyConfidenceThreshold(0)
            .shardSyncIntervalMillis(0)
            .consumerTaskFactory(new ConsumerTasks(openShards::has));
    leases
        .workerUtilizationAwareAssignmentConfig()
        .disableWorkerMetrics(true)
        .inMemoryWorkerMetricsCaptureFrequencyMillis(Timings.FIRST_REPORT.toMillis() / 2)
        .workerMetricsReporterFreqInMillis(Timings.WORKER_REPORT.toMillis());
    this.leaseManagement = new StreamsLeaseManagement(streams, leases, retrieval);
    leases.leaseManagementFactory(leaseManagement);
  }

  /**
   * Writes leases for the shards of the stream that have none. KCL would do so itself, but only
   * after a random wait of up to half a minute while the lease table is empty, and not surely.
   *
   * @throws IllegalStateException if they cannot be written now
   */
  void syncLeases() {
    for (StreamConfig stream : tracker.streamConfigList()) {
      Exception failure =
          leaseManagement
              .createShardSyncTaskManager(
                  new NullMetricsFactory(), stream, new DeletedStreamListProvider())
              .callShardSyncTask()
              .getException();
      if (failure != null) {
        throw new IllegalStateException(
            "The leases of " + stream.streamIdentifier() + " could not be written", failure);
      }
    }
  }

  /** The scheduler that drives the processors. */
  Scheduler scheduler(ShardRecordProcessorFactory processors) {
    CoordinatorConfig coordinator =
        new CoordinatorConfig(application)
            .skipShardSyncAtWorkerInitializationIfLeasesExist(true)
            .parentShardPollIntervalMillis(Timings.PARENT_POLL.toMillis())
            .shardConsumerDispatchPollIntervalMillis(Timings.DISPATCH.toMillis());
    return new Scheduler(
        new CheckpointConfig(),
        coordinator,
        leases,
        new LifecycleConfig(),
        // Without a CloudWatch client: the factory sends nothing.
        new MetricsConfig(null, application).metricsFactory(new NullMetricsFactory()),
        new ProcessorConfig(processors).callProcessRecordsEvenForEmptyRecordList(true),
        retrieval);
  }
}
