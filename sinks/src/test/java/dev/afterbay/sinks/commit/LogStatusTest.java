package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.faults.Call;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.Fault;
import dev.afterbay.sinks.faults.FaultyStore;
import dev.afterbay.sinks.faults.Injection;
import dev.afterbay.sinks.faults.Network;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.segment.Tallies;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStatusTest {
  private static final StreamShard PARENT = ShardFeed.shard("shardId-1");
  private static final StreamShard CHILD = ShardFeed.shard("shardId-2");
  private static final Lake LAKE = new Lake("lake");

  @TempDir Path scratch;
  private final MemoryObjectStore store = new MemoryObjectStore();

  @Test
  void aLakeWithoutALogHasNoShards() {
    assertThat(LogStatus.read(store, LAKE, ShardFeed.TABLE).shards()).isEmpty();
  }

  @Test
  void eachShardTellsHowFarItIs() {
    fill();

    LogStatus status = LogStatus.read(store, LAKE, ShardFeed.TABLE);

    assertThat(status.problems()).isEmpty();
    assertThat(status.shards())
        .containsExactly(
            new ShardStatus(
                PARENT,
                Optional.empty(),
                0,
                ShardStatus.State.ENDED,
                Optional.of(ShardFeed.sequenceNumber(3)),
                3,
                2,
                Optional.of(ShardFeed.TIME),
                Tallies.NONE,
                ShardFeed.TIME.plus(Duration.ofMinutes(2)),
                ShardFeed.TIME),
            new ShardStatus(
                CHILD,
                Optional.of(PARENT.shard()),
                0,
                ShardStatus.State.OPEN,
                Optional.of(ShardFeed.sequenceNumber(4)),
                1,
                1,
                Optional.of(ShardFeed.TIME.plus(Duration.ofMinutes(3))),
                Tallies.NONE,
                ShardFeed.TIME.plus(Duration.ofMinutes(3)),
                ShardFeed.TIME));
  }

  @Test
  void aShardAndThoseAfterItAreReadAlone() {
    fill();

    assertThat(from(PARENT)).containsExactly(PARENT, CHILD);
    assertThat(from(CHILD)).containsExactly(CHILD);
  }

  @Test
  void aDamagedLogDoesNotHideTheOthers() {
    fill();
    store.overwrite(LAKE.commit(CHILD, Entry.START), new byte[0]);

    LogStatus status = LogStatus.read(store, LAKE, ShardFeed.TABLE);

    assertThat(status.shards()).extracting(ShardStatus::shard).containsExactly(PARENT);
    assertThat(status.problems())
        .singleElement()
        .asString()
        .contains("last entry of " + CHILD + " is damaged");
  }

  @Test
  void aLogThatCannotBeReadDoesNotHideTheOthers() {
    fill();
    Fault denied = new Fault(Fault.Kind.DENIED, 3);

    LogStatus status = read(new Injection(denied, new Network(), 1));

    assertThat(status.shards()).extracting(ShardStatus::shard).containsExactly(PARENT);
    assertThat(status.problems())
        .containsExactly("The log of " + CHILD + " cannot be read: AccessDenied");
  }

  @Test
  void anEntryThatVanishesIsTold() {
    fill();

    LogStatus status =
        read(
            new Disturbance() {
              @Override
              public <T> T around(Call<T> call) {
                if (call.number() == 3) {
                  store.delete(LAKE.commit(CHILD, Entry.START));
                }
                return call.apply();
              }
            });

    assertThat(status.problems())
        .containsExactly("The last entry of " + CHILD + " vanished while it was read");
  }

  private List<StreamShard> from(StreamShard first) {
    return LogStatus.readStreamFrom(store, LAKE, ShardFeed.TABLE, first.stream(), first.shard())
        .shards()
        .stream()
        .map(ShardStatus::shard)
        .toList();
  }

  /** Its calls are: list, get the parent's last entry, get the child's. */
  private LogStatus read(Disturbance disturbance) {
    return LogStatus.read(new FaultyStore(store, disturbance), LAKE, ShardFeed.TABLE);
  }

  static Entry entry(ObjectStore store, Lake lake, StreamShard shard, SequenceNumber after) {
    return ((Observed.Present<Entry>) new LogEntries(store, lake).read(shard, after)).value();
  }

  private void fill() {
    CommitLog log = new CommitLog(store, LAKE, scratch, InstantSource.fixed(ShardFeed.TIME));
    ShardLog parent = ((Opening.Opened) log.open(PARENT)).log();
    assertThat(parent.commit(filled(parent, 1, 2))).isInstanceOf(Outcome.Committed.class);
    assertThat(parent.commitEnd(filled(parent, 3, 3))).isInstanceOf(Outcome.Committed.class);
    ShardLog child = ((Opening.Opened) log.openChild(CHILD, PARENT.shard())).log();
    assertThat(child.commit(filled(child, 4, 4))).isInstanceOf(Outcome.Committed.class);
  }

  private static Segment filled(ShardLog log, int from, int to) {
    return ShardFeed.fill(log.begin(), from, to);
  }
}
