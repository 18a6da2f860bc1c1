package dev.afterbay.local.stream;

import dev.afterbay.transforms.change.ShardId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ListStreamsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListStreamsResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * A scripted stream as an SDK client, without network and without the SDK's retries: each fault is
 * the caller's.
 */
public final class ScriptedStreamsClient implements DynamoDbStreamsClient {
  private final Faults faults;
  private final StreamCalls calls;
  private final Consumer<Duration> pause;

  /** Waits in the caller's thread where an answer is late. */
  public ScriptedStreamsClient(ScriptedStream stream) {
    this(stream, delay -> LockSupport.parkNanos(delay.toNanos()));
  }

  /** Waits as it is told where an answer is late. */
  public ScriptedStreamsClient(ScriptedStream stream, Consumer<Duration> pause) {
    this.faults = stream.faults();
    this.calls = new StreamCalls(stream);
    this.pause = pause;
  }

  @Override
  public ListStreamsResponse listStreams(ListStreamsRequest request) {
    return answer(StreamCall.LIST_STREAMS, null, () -> calls.listStreams(request));
  }

  @Override
  public DescribeStreamResponse describeStream(DescribeStreamRequest request) {
    return answer(StreamCall.DESCRIBE_STREAM, null, () -> calls.describeStream(request));
  }

  @Override
  public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
    return answer(
        StreamCall.GET_SHARD_ITERATOR,
        StreamCalls.shardNamed(request.shardId()),
        () -> calls.getShardIterator(request));
  }

  @Override
  public GetRecordsResponse getRecords(GetRecordsRequest request) {
    return answer(
        StreamCall.GET_RECORDS,
        StreamCalls.shardOf(request.shardIterator()),
        () -> calls.getRecords(request).response());
  }

  private <T> T answer(StreamCall call, @Nullable ShardId shard, Supplier<T> proper) {
    Optional<Fault> met = faults.meet(call, shard);
    if (met.isPresent()) {
      suffer(call, met.get());
    }
    try {
      return proper.get();
    } catch (RefusedException e) {
      throw exception(e.refusal());
    }
  }

  private void suffer(StreamCall call, Fault fault) {
    if (fault instanceof Fault.Refusal refusal) {
      throw exception(refusal);
    }
    if (fault instanceof Fault.Slow slow) {
      pause.accept(slow.delay());
    }
    if (fault instanceof Fault.Silence silence) {
      pause.accept(silence.held());
      throw ApiCallTimeoutException.builder()
          .message(call.operation() + " was not answered within " + silence.held())
          .build();
    }
  }

  private static DynamoDbException exception(Fault.Refusal refusal) {
    DynamoDbException.Builder builder =
        switch (refusal.type()) {
          case "ResourceNotFoundException" -> ResourceNotFoundException.builder();
          case "TrimmedDataAccessException" -> TrimmedDataAccessException.builder();
          case "ExpiredIteratorException" -> ExpiredIteratorException.builder();
          case "LimitExceededException" -> LimitExceededException.builder();
          case "InternalServerError" -> InternalServerErrorException.builder();
          default -> DynamoDbException.builder();
        };
    builder.message(refusal.message()).statusCode(refusal.status());
    builder.awsErrorDetails(
        AwsErrorDetails.builder()
            .serviceName("DynamoDbStreams")
            .errorCode(refusal.type())
            .errorMessage(refusal.message())
            .build());
    return (DynamoDbException) builder.build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
