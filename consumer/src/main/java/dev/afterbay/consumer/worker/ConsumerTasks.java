package dev.afterbay.consumer.worker;

import com.amazonaws.services.dynamodbv2.streamsadapter.DynamoDBStreamsConsumerTaskFactory;
import dev.afterbay.transforms.change.ShardId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import software.amazon.kinesis.exceptions.internal.BlockedOnParentShardException;
import software.amazon.kinesis.leases.ShardInfo;
import software.amazon.kinesis.lifecycle.ConsumerTask;
import software.amazon.kinesis.lifecycle.ShardConsumerArgument;
import software.amazon.kinesis.lifecycle.TaskResult;
import software.amazon.kinesis.lifecycle.TaskType;

/**
 * The adapter's tasks, of which those that wait for a parent spare the lease table. KCL asks it for
 * the parent's lease at each look, which with a backlog is a read a second for every child, for
 * hours; while this very process reads the parent it knows the answer.
 */
final class ConsumerTasks extends DynamoDBStreamsConsumerTaskFactory {
  /**
   * Every so many looks the lease table is asked all the same: what is read here may have been lost
   * to another worker without a word yet.
   */
  static final int LOOKS = 10;

  private final Predicate<ShardId> readHere;
  private final Map<ShardId, Integer> looks = new ConcurrentHashMap<>();

  /**
   * The tasks of one stream.
   *
   * @param readHere whether this process reads a shard that has not ended in the commit log
   */
  ConsumerTasks(Predicate<ShardId> readHere) {
    this.readHere = readHere;
  }

  @Override
  public ConsumerTask createBlockOnParentTask(ShardConsumerArgument shard) {
    return sparing(
        shard.shardInfo(),
        shard.parentShardPollIntervalMillis(),
        super.createBlockOnParentTask(shard));
  }

  /**
   * One look at the parents of a shard, and the wait behind it if they have not ended.
   *
   * @param asking the look at the lease table
   */
  ConsumerTask sparing(ShardInfo shard, long waitMillis, ConsumerTask asking) {
    return new ConsumerTask() {
      @Override
      public TaskResult call() {
        return mustAsk(shard) ? asking.call() : blocked(waitMillis);
      }

      @Override
      public TaskType taskType() {
        return asking.taskType();
      }
    };
  }

  private boolean mustAsk(ShardInfo shard) {
    ShardId child = new ShardId(shard.shardId());
    boolean parentIsRead = shard.parentShardIds().stream().map(ShardId::new).anyMatch(readHere);
    if (parentIsRead && looks.merge(child, 1, Integer::sum) < LOOKS) {
      return false;
    }
    looks.remove(child);
    return true;
  }

  private static TaskResult blocked(long waitMillis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(waitMillis));
    return new TaskResult(
        new BlockedOnParentShardException("The parent is read here and has not ended"));
  }
}
