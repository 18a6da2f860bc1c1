package dev.afterbay.consumer.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.fixture.LakeRows;
import dev.afterbay.consumer.pipeline.ShardPipeline;
import dev.afterbay.consumer.pipeline.Shards;
import dev.afterbay.consumer.query.Progress;
import dev.afterbay.consumer.query.QuarantineQuery.Group;
import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.check.LakeReport;
import dev.afterbay.sinks.commit.LogStatus;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.fromstream.StreamedRecord;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * A worker read a table whose keys it did not know, because the table had been created anew: what
 * it set aside can be decoded by a program that knows them.
 */
final class ReprocessTest {
  private static final ChangesTable STALE =
      new ChangesTable(List.of(new KeyAttribute("Other", KeyType.S)));
  private static final String GARBAGE = "has the unknown eventName 'COMPACT'";
  private static final String KEYS = "does not have the keys that its table was read with";

  @TempDir private Path dir;
  private Shards shards;
  private ChangesTable current;

  @BeforeEach
  void anEmptyLake() throws IOException {
    shards = lake();
    current = shards.keys;
  }

  @Test
  void whatCanBeDecodedNowStandsWhereItWouldHaveStoodAtOnce() throws IOException {
    List<Record> records = new ArrayList<>(IntStream.rangeClosed(1, 5).mapToObj(this::at).toList());
    records.set(2, Shards.garbage(3));
    read(STALE, records);
    List<Record> later = IntStream.rangeClosed(6, 8).mapToObj(this::at).toList();
    read(current, later);

    Reprocessed done = reprocess(shards.store);

    assertThat(done).isEqualTo(new Reprocessed(4, Map.of(GARBAGE, 1L)));
    Shards reference = lake();
    write(reference, current, records);
    write(reference, current, later);
    assertThat(rows(shards)).hasSize(7).containsExactlyElementsOf(rows(reference));
    assertThat(partitions(shards)).isEqualTo(partitions(reference));
    assertSound(8);
  }

  @Test
  void nothingIsReprocessedTwice() throws IOException {
    read(STALE, IntStream.rangeClosed(1, 3).mapToObj(this::at).toList());
    reprocess(shards.store);
    List<List<String>> once = rows(shards);

    Reprocessed again = reprocess(shards.store);
    read(STALE, List.of(at(4)));
    Reprocessed next = reprocess(shards.store);

    assertThat(again).isEqualTo(new Reprocessed(0, Map.of()));
    assertThat(next).isEqualTo(new Reprocessed(1, Map.of()));
    assertThat(rows(shards)).hasSize(4).containsAll(once);
    assertSound(4);
  }

  @Test
  void theQuarantineTellsWhatIsInItAndWhatHasLeftIt() throws IOException {
    read(STALE, List.of(at(1), at(2), Shards.garbage(3)));
    List<Group> before = quarantine(shards.store).groups(Shards.TABLE);
    reprocess(shards.store);

    List<Group> after = quarantine(shards.store).groups(Shards.TABLE);

    Instant first = time(1);
    Instant last = time(2);
    assertThat(before)
        .containsExactly(new Group(KEYS, 2, 0, first, last), new Group(GARBAGE, 1, 0, last, last));
    assertThat(after)
        .containsExactly(new Group(KEYS, 2, 2, first, last), new Group(GARBAGE, 1, 0, last, last));
  }

  @Test
  void anEmptyQuarantineAsksForNothing() throws IOException {
    Reprocessed done =
        quarantine(shards.store)
            .reprocess(
                Shards.TABLE,
                () -> {
                  throw new AssertionError("The keys are of no use");
                });

    assertThat(done).isEqualTo(new Reprocessed(0, Map.of()));
    assertThat(shards.store.objects()).isEmpty();
  }

  @Test
  void afterACrashAtAnyCallARepetitionBringsEachRecordOutOnce() throws IOException {
    int runs = 0;
    boolean struck = true;
    for (int call = 1; struck; call++) {
      for (Calls.Moment moment : Calls.Moment.values()) {
        String run = moment + " call " + call;
        shards = lake();
        read(STALE, List.of(at(1)));
        reprocess(shards.store);
        read(STALE, List.of(Shards.garbage(2), at(3), at(4)));

        struck = crashed(Calls.endingAt(call, moment));
        Reprocessed done = reprocess(shards.store);

        assertThat(done.waiting()).as(run).containsExactly(Map.entry(GARBAGE, 1L));
        assertThat(positions(shards)).as(run).containsExactly("1", "3", "4");
        assertSound(4);
        runs++;
      }
    }
    System.out.println("crashes of reprocess, runs: " + runs);
    assertThat(runs).isGreaterThan(20);
  }

  @Test
  void ofTwoProcessesAtOnceOneBringsARecordOut() throws IOException {
    read(STALE, List.of(at(1), at(2), at(3)));
    List<Reprocessed> winner = new ArrayList<>();
    ObjectStore late =
        ((Calls)
                (number, method, call) -> {
                  if (method.getName().equals("putIfAbsent") && winner.isEmpty()) {
                    winner.add(reprocess(shards.store));
                  }
                  return call.arrive();
                })
            .to(shards.store);

    Reprocessed loser = reprocess(late);

    assertThat(winner).containsExactly(new Reprocessed(3, Map.of()));
    assertThat(loser).isEqualTo(new Reprocessed(0, Map.of()));
    assertThat(positions(shards)).containsExactly("1", "2", "3");
    assertThat(shards.store.uploads()).isEmpty();
    assertSound(3);
  }

  @Test
  void aLongQuarantineOfTwoStreamsLeavesItInOrder() throws IOException {
    for (String label : List.of("2026-11-21T04:00:00.000", "2026-11-21T04:30:00.000")) {
      shards.stream = new StreamLabel(label);
      read(
          STALE,
          IntStream.rangeClosed(1, 1_200)
              .mapToObj(i -> i % 100 == 0 ? Shards.garbage(i) : at(i))
              .toList());
    }

    Reprocessed done = reprocess(shards.store);

    assertThat(done).isEqualTo(new Reprocessed(2 * 1_188, Map.of(GARBAGE, 24L)));
    assertThat(positions(shards)).hasSize(2 * 1_188);
    assertThat(reprocess(shards.store)).isEqualTo(new Reprocessed(0, Map.of(GARBAGE, 24L)));
    assertSound(2 * 1_200);
  }

  @Test
  void theLogOfWhatLeftIsNoShardThatIsOpen() throws IOException {
    read(STALE, List.of(at(1)));
    reprocess(shards.store);

    assertThat(LogStatus.read(shards.store, Shards.LAKE, Shards.TABLE).shards())
        .extracting(log -> log.shard().shard().ofStream())
        .containsExactly(false, true);
  }

  @Test
  void aLogWithoutItsFilesIsNotGuessedAt() throws IOException {
    read(STALE, List.of(at(1)));
    reprocess(shards.store);
    ObjectKey first =
        shards.store.objects().keySet().stream()
            .filter(key -> key.name().startsWith("quarantine-"))
            .findFirst()
            .orElseThrow();
    read(STALE, List.of(at(2)));
    reprocess(shards.store);
    shards.store.delete(first);

    assertThatThrownBy(() -> reprocess(shards.store))
        .isInstanceOf(Failure.class)
        .hasMessageEndingWith("has 2 records and its files have 1; run fsck");
  }

  private Shards lake() throws IOException {
    return new Shards(Files.createTempDirectory(dir, "lake-"));
  }

  private void read(ChangesTable keys, List<Record> records) {
    write(shards, keys, records);
  }

  private static void write(Shards lake, ChangesTable keys, List<Record> records) {
    lake.keys = keys;
    ShardPipeline pipeline = lake.worker(Shards.every(Duration.ofMinutes(1))).open(Shards.SHARD);
    records.forEach(record -> pipeline.accept(StreamedRecord.of(record)));
    pipeline.commitHeld();
  }

  /** Ten minutes lie between two records. */
  private Record at(int number) {
    return Shards.record(number, time(number));
  }

  private static Instant time(int number) {
    return Shards.START.plus(Duration.ofMinutes(10L * number));
  }

  private Reprocessed reprocess(ObjectStore store) throws IOException {
    return quarantine(store).reprocess(Shards.TABLE, () -> RowMaker.changes(current));
  }

  private Quarantine quarantine(ObjectStore store) throws IOException {
    return new Quarantine(
        store,
        Shards.LAKE,
        Files.createTempDirectory(dir, "cache-"),
        Files.createTempDirectory(dir, "scratch-"),
        InstantSource.fixed(Shards.START),
        Progress.SILENT);
  }

  private boolean crashed(Calls calls) throws IOException {
    try {
      reprocess(calls.to(shards.store));
      return false;
    } catch (Calls.Crash e) {
      return true;
    } catch (Exception e) {
      // A download happens on another thread.
      assertThat(e).hasRootCauseInstanceOf(Calls.Crash.class);
      return true;
    }
  }

  private List<List<String>> rows(Shards lake) {
    return new LakeRows(lake.store, dir).of("changes", "*");
  }

  private List<String> positions(Shards lake) {
    return new LakeRows(lake.store, dir)
        .of("changes", "ltrim(cdc_seq, '0')").stream().map(row -> row.get(0)).toList();
  }

  private static List<String> partitions(Shards lake) {
    return lake.store.objects().keySet().stream()
        .map(ObjectKey::value)
        .filter(key -> key.contains("/changes/dt="))
        .map(key -> key.substring(0, key.lastIndexOf('/')))
        .distinct()
        .sorted()
        .toList();
  }

  private void assertSound(long records) {
    LakeReport report = new LakeCheck(shards.store, Shards.LAKE).check(Shards.TABLE);
    assertThat(report.findings()).isEmpty();
    assertThat(report.pending()).isEmpty();
    assertThat(report.records()).isEqualTo(records);
  }
}
