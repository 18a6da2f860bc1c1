package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.commit.protocol.Entries;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Entry.Ending;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.faults.Fault;
import dev.afterbay.sinks.faults.FaultyStore;
import dev.afterbay.sinks.faults.Injection;
import dev.afterbay.sinks.faults.Network;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Lake.CommitPlace;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.StreamShard;
import org.junit.jupiter.api.Test;

class LogEntriesTest {
  private static final StreamShard SHARD = ShardFeed.shard("shardId-1");
  private static final StreamShard OTHER = ShardFeed.shard("shardId-2");
  private static final Lake LAKE = new Lake("lake");
  private static final Entry ENTRY = Entries.first(SHARD, "entry-000", 2, Ending.OPEN);

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final LogEntries log = new LogEntries(store, LAKE);

  @Test
  void anEntryStandsWhereItStarts() {
    assertThat(log.put(ENTRY)).isEqualTo(new PutAnswer.Created());

    assertThat(log.read(SHARD, Entry.START)).isEqualTo(new Observed.Present<>(ENTRY));
    assertThat(log.read(SHARD, ENTRY.last())).isEqualTo(new Observed.Absent<>());
    assertThat(log.list(SHARD))
        .extracting(StoredObject::key)
        .containsExactly(LAKE.commit(SHARD, Entry.START));
    assertThat(log.list(OTHER)).isEmpty();
  }

  @Test
  void anEntryOfAnotherShardIsUnreadable() {
    copy(LAKE.commit(OTHER, Entry.START));

    assertThat(log.read(OTHER, Entry.START))
        .isEqualTo(new Observed.Unreadable<>("it stands for " + SHARD + " after " + Entry.START));
  }

  @Test
  void anEntryOfAnotherPositionIsUnreadable() {
    copy(LAKE.commit(SHARD, ENTRY.last()));

    assertThat(log.read(SHARD, ENTRY.last()))
        .isEqualTo(new Observed.Unreadable<>("it stands for " + SHARD + " after " + Entry.START));
  }

  @Test
  void theLastEntryIsFoundAtAPositionOrLater() {
    copy(LAKE.commit(SHARD, Entry.START));

    assertThat(log.last(new CommitPlace(SHARD, 0, Entry.START)))
        .isEqualTo(new Observed.Present<>(ENTRY));
    assertThat(log.last(new CommitPlace(SHARD, 0, ShardFeed.sequenceNumber(1))))
        .isEqualTo(new Observed.Absent<>());
    assertThat(log.last(new CommitPlace(OTHER, 0, Entry.START))).isEqualTo(new Observed.Absent<>());
  }

  @Test
  void aListingThatBreaksOffTellsNoLastEntry() {
    copy(LAKE.commit(SHARD, Entry.START));
    LogEntries cut = disturbed(Fault.Kind.LISTING_CUT);

    assertThat(cut.last(new CommitPlace(SHARD, 0, Entry.START)))
        .isEqualTo(new Observed.Unanswered<>("no answer in time"));
  }

  @Test
  void anEntryThatIsNotAnsweredForIsNotAbsent() {
    assertThat(disturbed(Fault.Kind.SLOW_DOWN).read(SHARD, Entry.START))
        .isEqualTo(new Observed.Unanswered<>("SlowDown"));
  }

  private LogEntries disturbed(Fault.Kind kind) {
    return new LogEntries(
        new FaultyStore(store, new Injection(new Fault(kind, 1), new Network(), 1)), LAKE);
  }

  private void copy(ObjectKey key) {
    store.overwrite(key, new EntryJson(LAKE).write(ENTRY));
  }
}
