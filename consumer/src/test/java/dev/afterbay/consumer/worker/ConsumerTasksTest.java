package dev.afterbay.consumer.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.change.ShardId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.exceptions.internal.BlockedOnParentShardException;
import software.amazon.kinesis.leases.ShardInfo;
import software.amazon.kinesis.lifecycle.ConsumerTask;
import software.amazon.kinesis.lifecycle.TaskResult;
import software.amazon.kinesis.lifecycle.TaskType;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

final class ConsumerTasksTest {
  private static final ShardId PARENT = new ShardId("shardId-1");

  private final Set<ShardId> readHere = new HashSet<>();
  private final ConsumerTasks tasks = new ConsumerTasks(readHere::contains);
  private int asked;

  @Test
  void whoseParentIsReadElsewhereOrHasEndedAsksAtEachLook() {
    look("shardId-2", 5);

    assertThat(asked).isEqualTo(5);
  }

  @Test
  void whoseParentIsReadHereAsksNowAndThen() {
    readHere.add(PARENT);

    List<TaskResult> results = look("shardId-2", 2 * ConsumerTasks.LOOKS);

    assertThat(asked).isEqualTo(2);
    assertThat(results.get(0).getException()).isInstanceOf(BlockedOnParentShardException.class);
    assertThat(results.get(ConsumerTasks.LOOKS - 1).getException()).isNull();
  }

  @Test
  void eachChildAsksForItself() {
    readHere.add(PARENT);

    look("shardId-2", ConsumerTasks.LOOKS - 1);
    look("shardId-3", ConsumerTasks.LOOKS - 1);
    assertThat(asked).isZero();

    look("shardId-2", 1);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void whenTheParentHasEndedTheNextLookAsks() {
    readHere.add(PARENT);
    look("shardId-2", 3);

    readHere.clear();

    look("shardId-2", 1);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void whoIsInterruptedWaitsNoLonger() {
    readHere.add(PARENT);
    Thread.currentThread().interrupt();

    TaskResult result = task("shardId-2", 600_000).call();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.getException()).isInstanceOf(BlockedOnParentShardException.class);
  }

  private List<TaskResult> look(String child, int times) {
    return IntStream.range(0, times).mapToObj(i -> task(child, 0).call()).toList();
  }

  /** KCL makes a new task for each look. */
  private ConsumerTask task(String child, long waitMillis) {
    ShardInfo shard =
        new ShardInfo(child, "token", List.of(PARENT.value()), ExtendedSequenceNumber.TRIM_HORIZON);
    return tasks.sparing(
        shard,
        waitMillis,
        new ConsumerTask() {
          @Override
          public TaskResult call() {
            asked++;
            return new TaskResult(null);
          }

          @Override
          public TaskType taskType() {
            return TaskType.BLOCK_ON_PARENT_SHARDS;
          }
        });
  }
}
