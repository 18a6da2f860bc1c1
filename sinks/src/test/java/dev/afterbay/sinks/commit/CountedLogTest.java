package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.afterbay.sinks.commit.protocol.Entries;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Entry.Ending;
import dev.afterbay.sinks.faults.Call;
import dev.afterbay.sinks.faults.Crash;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.FaultyStore;
import dev.afterbay.sinks.faults.Verb;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountedLogTest {
  private static final StreamShard NAME = ShardFeed.shard("repair");
  private static final Lake LAKE = new Lake("lake");

  @TempDir Path scratch;
  private final MemoryObjectStore store = new MemoryObjectStore();

  @Test
  void aLogThatNobodyHasWrittenToIsEmpty() {
    CountedLog counted = open(store);

    assertThat(counted.entries()).isEmpty();
    assertThat(counted.files()).isEmpty();
    assertThat(counted.records()).isZero();
    assertThat(counted.log().cursor()).isEqualTo(ShardCursor.start());
  }

  @Test
  void anOpenedLogKnowsAllThatItHolds() {
    Entry first = commit(1, 3);
    Entry second = commit(4, 4);

    CountedLog counted = open(store);

    assertThat(counted.entries()).containsExactly(first, second);
    assertThat(counted.records()).isEqualTo(4);
    assertThat(counted.files())
        .isEqualTo(Stream.of(first, second).flatMap(entry -> entry.files().stream()).toList());
    assertThat(counted.log().cursor()).isEqualTo(second.cursor());
  }

  @Test
  void openingPublishesWhatADeadProcessHasCommitted() {
    ObjectStore dyingStore = new FaultyStore(store, FirstCommit.crashBeforeCompleting());
    CommitLog logs = new CommitLog(dyingStore, LAKE, scratch, InstantSource.fixed(ShardFeed.TIME));
    ShardLog dying = ((Opening.Opened) logs.open(NAME)).log();
    try {
      assertThat(dying.commit(ShardFeed.fill(dying.begin(), 1, 2))).isNull();
    } catch (Crash e) {
      assertThat(store.uploads()).hasSize(1);
    }

    assertThat(open(store).records()).isEqualTo(2);

    assertThat(store.uploads()).isEmpty();
  }

  @Test
  void whatAnotherProcessCommitsMeanwhileIsReadToo() {
    Entry first = commit(1, 1);
    Meanwhile once = new Meanwhile(1);

    CountedLog counted = open(new FaultyStore(store, once));

    assertThat(counted.entries()).startsWith(first).hasSize(2);
    assertThat(counted.log().cursor()).isEqualTo(counted.entries().get(1).cursor());
  }

  @Test
  void anotherProcessThatNeverEndsIsToldOf() {
    assertThat(commit(1, 1).records()).isEqualTo(1);
    Meanwhile always = new Meanwhile(Integer.MAX_VALUE);
    ObjectStore crowded = new FaultyStore(store, always);

    assertThatExceptionOfType(LakeException.class)
        .isThrownBy(() -> open(crowded))
        .withMessage(
            "Other processes write to the log of "
                + NAME
                + " at the same time; let them finish, then repeat the command");
    assertThat(always.commits).as("attempts").isEqualTo(20);
  }

  @Test
  void aHoleIsToldOf() {
    Entry first = commit(1, 1);
    Entry second = commit(2, 2);
    store.delete(LAKE.commit(NAME, first.after()));
    assertThat(second.after()).isEqualTo(first.last());

    assertThatExceptionOfType(LakeException.class)
        .isThrownBy(() -> open(store))
        .withMessage("The log of " + NAME + " has a hole after " + Entry.START + "; run fsck");
  }

  @Test
  void aLogThatCannotBeOpenedIsToldOf() {
    assertThatExceptionOfType(LakeException.class)
        .isThrownBy(() -> open(new FaultyStore(store, new FirstCommit.DeafFrom(1))))
        .withMessage(
            "The log of "
                + NAME
                + " cannot be opened (UNCERTAIN): The log of "
                + NAME
                + " cannot be read: no answer in time");
  }

  @Test
  void readingStopsAtTheEndOfAShard() {
    LogEntries log = new LogEntries(store, LAKE);
    Entry end = Entries.end(NAME, "entry-000");
    store.overwrite(LAKE.commit(NAME, Entry.START), new EntryJson(LAKE).write(end));

    assertThat(CountedLog.read(log, NAME)).containsExactly(end);
  }

  @Test
  void readingGoesOnAfterEachEntry() {
    List<Entry> entries = List.of(commit(1, 2), commit(3, 3), commit(4, 6));

    assertThat(CountedLog.read(new LogEntries(store, LAKE), NAME)).isEqualTo(entries);
  }

  @Test
  void aDamagedEntryIsToldOf() {
    Entry first = Entries.first(NAME, "entry-000", 1, Ending.OPEN);
    store.overwrite(LAKE.commit(NAME, Entry.START), new EntryJson(LAKE).write(first));
    store.overwrite(LAKE.commit(NAME, first.last()), new byte[] {'{'});

    assertThatExceptionOfType(LakeException.class)
        .isThrownBy(() -> CountedLog.read(new LogEntries(store, LAKE), NAME))
        .withMessageStartingWith("The log of " + NAME + " is damaged: ")
        .withMessageEndingWith("; run fsck");
  }

  @Test
  void aSilentStoreIsNoEndOfTheLog() {
    ObjectStore silent = new FaultyStore(store, new FirstCommit.DeafFrom(1));

    assertThatExceptionOfType(ObjectStoreException.class)
        .isThrownBy(() -> CountedLog.read(new LogEntries(silent, LAKE), NAME))
        .withMessage("The log of " + NAME + " cannot be read now: no answer in time")
        .returns(ObjectStoreException.Kind.UNAVAILABLE, ObjectStoreException::kind);
  }

  @Test
  void positionsAreACount() {
    Instant time = Instant.parse("2026-11-21T06:00:00Z");

    ShardCursor first = CountedLog.next(ShardCursor.start(), time, "a");
    ShardCursor second = CountedLog.next(first, time, "b");

    assertThat(first.position()).hasValue(SequenceNumber.parse("1"));
    assertThat(second.position()).hasValue(SequenceNumber.parse("2"));
    assertThat(second.records()).isEqualTo(2);
    assertThat(second.latest()).isEqualTo(time);
    assertThat(second.digest()).isNotEqualTo(CountedLog.next(first, time, "c").digest());
  }

  @Test
  void onlyACommitThatCameAboutIsOne() {
    Entry entry = commit(1, 1);

    assertThat(CountedLog.isCommitted(NAME, new Outcome.Committed(entry))).isTrue();
    assertThat(CountedLog.isCommitted(NAME, new Outcome.Superseded(entry))).isFalse();
  }

  @Test
  void aCommitThatWasHaltedIsToldOf() {
    Outcome halted = new Outcome.Halted(Halt.UNCERTAIN, "no answer in time");

    assertThatExceptionOfType(LakeException.class)
        .isThrownBy(() -> CountedLog.isCommitted(NAME, halted))
        .withMessage(
            "The commit to "
                + NAME
                + " was halted (UNCERTAIN): no answer in time; repeat the command, which goes on"
                + " from what is committed");
  }

  private Entry commit(int from, int to) {
    ShardLog log = open(store).log();
    return ((Outcome.Committed) log.commit(ShardFeed.fill(log.begin(), from, to))).entry();
  }

  private CountedLog open(ObjectStore objects) {
    return CountedLog.open(
        objects, LAKE, Workspace.in(scratch), InstantSource.fixed(ShardFeed.TIME), NAME);
  }

  /** Another process that commits a record just before one's entries are read. */
  private final class Meanwhile implements Disturbance {
    private final int most;
    private int commits;
    private boolean listed;

    Meanwhile(int most) {
      this.most = most;
    }

    @Override
    public <T> T around(Call<T> call) {
      // Opening lists and gets the last entry; reading starts with the first one, after that.
      if (call.verb() == Verb.LIST) {
        T last = call.apply();
        listed = true;
        return last;
      }
      if (listed && call.verb() == Verb.GET && commits < most) {
        T seen = call.apply();
        listed = false;
        commits++;
        commit(100 + commits, 100 + commits);
        return seen;
      }
      return call.apply();
    }
  }
}
