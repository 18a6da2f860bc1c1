package dev.afterbay.sinks.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.afterbay.sinks.commit.protocol.Entries;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Entry.Ending;
import dev.afterbay.sinks.commit.protocol.PutEntry;
import dev.afterbay.sinks.commit.protocol.SetAside;
import dev.afterbay.sinks.commit.protocol.Step;
import dev.afterbay.sinks.commit.protocol.Verdict;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.FaultyStore;
import dev.afterbay.sinks.faults.Reply;
import dev.afterbay.sinks.faults.Verb;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.change.StreamShard;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DriverTest {
  private static final StreamShard SHARD = ShardFeed.shard("shardId-1");
  private static final Lake LAKE = new Lake("lake");
  private static final byte[] CONTENT = {1, 2, 3};

  private static final Entry ENTRY = Entries.first(SHARD, "entry-000", 1, Ending.OPEN);
  private static final ObjectKey FILE = ENTRY.files().get(0).key();
  private static final String WHAT = "File '" + FILE + "' of commit entry-000";

  /** It has two files set aside. */
  private static final Entry REWIND = Entries.rewind(SHARD, "rewind-1");

  private static final ObjectKey FIRST = new ObjectKey("lake/rewind-1/1");
  private static final ObjectKey SECOND = new ObjectKey("lake/rewind-1/2");
  private static final ObjectKey FIRST_ASIDE = LAKE.rewound(SHARD, 1, FIRST);
  private static final ObjectKey SECOND_ASIDE = LAKE.rewound(SHARD, 1, SECOND);
  private static final ObjectKey NOTE = LAKE.rewind(SHARD, 1);

  private final MemoryObjectStore store = new MemoryObjectStore();

  @Test
  void aFileThatWasChangedUnderTheLogsRulesCountsAsWhatWasCommitted() {
    store.overwrite(FILE, CONTENT);
    RemadeFiles.note(store, LAKE, FILE, CONTENT.length);

    assertThat(commit(Disturbance.NONE)).isEqualTo(new Verdict.Committed(ENTRY));
  }

  @Test
  void aFileOfAnotherSizeThatNobodyTellsOfIsDamage() {
    store.overwrite(FILE, CONTENT);

    assertThat(commit(Disturbance.NONE))
        .isEqualTo(
            new Verdict.Halted(
                Verdict.Halt.DAMAGED,
                WHAT + " has 3 bytes instead of " + ENTRY.files().get(0).size()));
  }

  @Test
  void aFileOfAnotherSizeWhoseNotesCannotBeReadIsInDoubt() {
    store.overwrite(FILE, CONTENT);

    assertInDoubt(commit(new Calls.Answered(Verb.GET, Reply.DENIED)), "; AccessDenied");

    store.overwrite(LAKE.erased(FILE, "erasure"), "{}".getBytes(UTF_8));
    store.delete(LAKE.commit(SHARD, Entry.START));
    assertInDoubt(commit(Disturbance.NONE), "is damaged");
  }

  @Test
  void aFileIsDeletedOnlyOnceItsCopyWasSeen() {
    putFiles();
    Calls.Heard calls = new Calls.Heard();

    assertThat(setAside(calls)).isEqualTo(new Verdict.Committed(REWIND));

    assertThat(calls.verbs())
        .containsExactly(
            Verb.HEAD,
            Verb.COPY,
            Verb.HEAD,
            Verb.DELETE,
            Verb.HEAD,
            Verb.COPY,
            Verb.HEAD,
            Verb.DELETE,
            Verb.PUT);
    assertThat(store.objects()).containsOnlyKeys(FIRST_ASIDE, SECOND_ASIDE, NOTE);
    assertThat(store.get(FIRST_ASIDE)).hasValue(CONTENT);
  }

  @Test
  void aFileThatIsMissingIsNotCopied() {
    Calls.Heard calls = new Calls.Heard();

    assertThat(setAside(calls)).isEqualTo(new Verdict.Committed(REWIND));

    assertThat(calls.verbs()).containsExactly(Verb.HEAD, Verb.HEAD, Verb.HEAD, Verb.HEAD, Verb.PUT);
  }

  @Test
  void aFileThatVanishesBeforeItIsCopiedIsNoHindrance() {
    putFiles();

    Verdict verdict = setAside(new Calls.Before(Verb.COPY, () -> store.delete(FIRST)));

    assertThat(verdict).isEqualTo(new Verdict.Committed(REWIND));
    assertThat(store.objects()).containsOnlyKeys(SECOND_ASIDE, NOTE);
  }

  @Test
  void aFileWhoseCopyIsAnotherStays() {
    putFiles();
    byte[] cut = {1};

    assertNotSetAside(
        setAside(new Calls.After(Verb.COPY, () -> store.overwrite(FIRST_ASIDE, cut))),
        "its copy has 1 bytes instead of 3");
    assertNotSetAside(
        setAside(new Calls.After(Verb.COPY, () -> store.delete(FIRST_ASIDE))),
        "its copy has 0 bytes instead of 3");
    assertThat(store.objects()).containsOnlyKeys(FIRST, SECOND);
  }

  @Test
  void aFileStaysWhileTheStoreGivesNoAnswer() {
    putFiles();

    for (Verb verb : List.of(Verb.HEAD, Verb.COPY, Verb.DELETE)) {
      assertNotSetAside(setAside(new Calls.Answered(verb, Reply.NONE)), "no answer in time");
      assertThat(store.objects()).containsKeys(FIRST, SECOND).doesNotContainKey(NOTE);
    }
  }

  @Test
  void aFileThatIsMissingIsToldUnlessItWasSetAsideBefore() {
    store.overwrite(SECOND_ASIDE, CONTENT);
    Told told = new Told();
    told.start();
    Logger log = (Logger) LoggerFactory.getLogger(Driver.class);
    Level before = log.getLevel();
    log.setAdditive(false);
    log.setLevel(Level.WARN);
    log.addAppender(told);
    try {
      assertThat(setAside(Disturbance.NONE)).isEqualTo(new Verdict.Committed(REWIND));
    } finally {
      log.detachAppender(told);
      log.setLevel(before);
      log.setAdditive(true);
    }

    assertThat(told.files).containsExactly(FIRST);
  }

  private void putFiles() {
    store.overwrite(FIRST, CONTENT);
    store.overwrite(SECOND, CONTENT);
  }

  private Verdict commit(Disturbance disturbance) {
    return run(new PutEntry(ENTRY), disturbance);
  }

  private Verdict setAside(Disturbance disturbance) {
    return run(SetAside.allOf(REWIND), disturbance);
  }

  private Verdict run(Step step, Disturbance disturbance) {
    FaultyStore faulty = new FaultyStore(store, disturbance);
    return new Driver(faulty, new LogEntries(faulty, LAKE)).run(step);
  }

  private static void assertInDoubt(Verdict verdict, String why) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Halted.class,
            halted -> {
              assertThat(halted.halt()).isEqualTo(Verdict.Halt.UNCERTAIN);
              assertThat(halted.reason()).startsWith(WHAT + " may or may not be visible");
              assertThat(halted.reason()).contains(why);
            });
  }

  private static void assertNotSetAside(Verdict verdict, String why) {
    assertThat(verdict)
        .isEqualTo(
            new Verdict.Halted(
                Verdict.Halt.UNCERTAIN,
                "File '" + FIRST + "' may or may not be set aside: " + why));
  }

  /** Which files of this test were told of; others may be told of at the same time. */
  private static final class Told extends AppenderBase<ILoggingEvent> {
    private final List<Object> files = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      event.getKeyValuePairs().stream()
          .map(pair -> pair.value)
          .filter(List.<Object>of(FIRST, SECOND)::contains)
          .forEach(files::add);
    }
  }
}
