package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.afterbay.sinks.commit.protocol.Entries;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Entry.Ending;
import dev.afterbay.sinks.faults.FaultyStore;
import dev.afterbay.sinks.faults.Reply;
import dev.afterbay.sinks.faults.Verb;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.transforms.change.StreamShard;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShardHistoryTest {
  private static final StreamShard SHARD = ShardFeed.shard("shardId-1");
  private static final Lake LAKE = new Lake("lake");
  private static final Entry OPEN = Entries.first(SHARD, "entry-000", 2, Ending.OPEN);
  private static final Entry END = Entries.end(SHARD, "end-00000");
  private static final Entry REWIND = Entries.rewind(SHARD, "rewind-1");

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final LogEntries log = new LogEntries(store, LAKE);

  @Test
  void aLogWithoutAnEntryHasNoHistory() {
    ShardHistory history = ShardHistory.read(log, SHARD);

    assertThat(history).isEqualTo(new ShardHistory(SHARD, List.of(), Optional.empty()));
    assertThat(history.ended()).isFalse();
  }

  @Test
  void aHistoryHasWhatStandsInTheLog() {
    assertThat(log.put(OPEN)).isEqualTo(new PutAnswer.Created());

    assertThat(ShardHistory.read(log, SHARD))
        .isEqualTo(new ShardHistory(SHARD, List.of(OPEN), Optional.of(OPEN)));
  }

  @Test
  void aLogHasEndedIfTheLastOfTheEntriesThatCountSaysSo() {
    assertThat(new ShardHistory(SHARD, List.of(OPEN), Optional.of(OPEN)).ended()).isFalse();
    assertThat(new ShardHistory(SHARD, List.of(OPEN, END), Optional.of(END)).ended()).isTrue();
    assertThat(new ShardHistory(SHARD, List.of(OPEN), Optional.of(REWIND)).ended()).isFalse();
  }

  @Test
  void aDamagedEntryHasNoHistory() {
    store.overwrite(LAKE.commit(SHARD, Entry.START), new byte[] {'{'});

    assertThatExceptionOfType(LakeException.class)
        .isThrownBy(() -> ShardHistory.read(log, SHARD))
        .withMessageStartingWith("The log of " + SHARD + " is damaged: ")
        .withMessageEndingWith("; run fsck");
  }

  @Test
  void anEntryThatIsNotAnsweredForHasNoHistoryNow() {
    assertThat(log.put(OPEN)).isEqualTo(new PutAnswer.Created());
    LogEntries unheard =
        new LogEntries(new FaultyStore(store, new Calls.Answered(Verb.GET, Reply.SLOW_DOWN)), LAKE);

    assertThatExceptionOfType(ObjectStoreException.class)
        .isThrownBy(() -> ShardHistory.read(unheard, SHARD))
        .withMessage("The log of " + SHARD + " cannot be read now: SlowDown")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(ObjectStoreException.Kind.UNAVAILABLE));
  }
}
