package dev.afterbay.consumer.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.Opening;
import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentLogsTest {
  private static final TableName TABLE = new TableName("Orders");
  private static final StreamLabel STREAM = new StreamLabel("2026-11-01T00:00:00.000");
  private static final Lake LAKE = new Lake("lake");
  private static final int GENERATIONS = 9;

  @TempDir Path scratch;

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final RecentLogs logs = new RecentLogs(store, LAKE);
  private CommitLog log;

  @BeforeEach
  void aLineOfShardsThatHaveEnded() {
    log =
        new CommitLog(
            store, LAKE, scratch, InstantSource.fixed(Instant.parse("2026-11-21T06:00:00Z")));
    store.putIfAbsent(LAKE.stream(TABLE, STREAM), "{}".getBytes(StandardCharsets.UTF_8));
    for (int i = 1; i <= GENERATIONS; i++) {
      end(i);
    }
  }

  @Test
  void theFirstLookReachesThreeGenerationsBackOfWhatIsLeased() {
    assertThat(look(lease(9, 8))).containsExactly(6, 7, 8, 9);
    assertThat(new RecentLogs(store, LAKE).read(TABLE, List.of(lease(9))).shards()).hasSize(4);
  }

  @Test
  void laterLooksBeginAtTheOldestLeaseAndForgetNothing() {
    look(lease(8, 7));
    end(10);

    assertThat(look(lease(10, 9))).containsExactly(5, 6, 7, 8, 9, 10);
  }

  @Test
  void withoutLeasesOrBeforeTheFirstStreamNothingIsRead() {
    assertThat(look()).isEmpty();
    assertThat(
            new RecentLogs(new MemoryObjectStore(), LAKE).read(TABLE, List.of(lease(9))).shards())
        .isEmpty();
  }

  private List<Integer> look(Lease... leases) {
    return logs.read(TABLE, List.of(leases)).shards().stream()
        .map(status -> Integer.parseInt(status.shard().shard().value().substring(8)))
        .toList();
  }

  private static Lease lease(int shard, int... parents) {
    return new Lease(
        id(shard),
        Optional.of("one"),
        "TRIM_HORIZON",
        Set.copyOf(IntStream.of(parents).mapToObj(RecentLogsTest::id).toList()),
        "1");
  }

  private void end(int number) {
    StreamShard shard = new StreamShard(TABLE, STREAM, id(number));
    Opening opening = number == 1 ? log.open(shard) : log.openChild(shard, id(number - 1));
    assertThat(opening).isInstanceOf(Opening.Opened.class);
    ShardLog own = ((Opening.Opened) opening).log();
    assertThat(own.commitEnd(own.begin())).isInstanceOf(Outcome.Committed.class);
  }

  private static ShardId id(int number) {
    return new ShardId("shardId-%04d".formatted(number));
  }
}
