package dev.afterbay.consumer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.afterbay.consumer.fixture.LakeRows;
import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.check.LakeReport;
import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.fromstream.RawRecord;
import dev.afterbay.transforms.fromstream.StreamedRecord;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** What becomes of records that cannot become changes. */
final class SettingAsideTest {
  private static final RollPolicy EVERY_MINUTE = Shards.every(Duration.ofMinutes(1));
  private static final Instant MAX = Instant.parse("+1000000-01-01T00:00:00Z");

  @TempDir private Path scratch;
  private Shards shards;
  private LakeRows rows;

  @BeforeEach
  void anEmptyLake() {
    shards = new Shards(scratch);
    rows = new LakeRows(shards.store, scratch);
  }

  @Test
  void aRecordThatCannotBeDecodedGoesToQuarantineInTheCommitOfItsNeighbours() {
    ShardPipeline pipeline = open(EVERY_MINUTE);
    Record garbage = Shards.garbage(2);

    pipeline.accept(StreamedRecord.of(Shards.record(1)));
    pipeline.accept(StreamedRecord.of(garbage));
    pipeline.accept(StreamedRecord.of(Shards.record(3)));
    Progress committed = pipeline.commitHeld();

    assertThat(committed).isEqualTo(new Progress.Committed(Shards.spelled(3)));
    assertThat(shards.reports).containsExactly("opened", "quarantined 1", "committed 3 in 2 files");
    assertThat(positions("changes")).containsExactly("1", "3");
    assertThat(
            rows.of(
                "quarantine",
                "epoch_us(cdc_time), cdc_seq, cdc_shard, cdc_stream, cdc_event_id, reason, record"))
        .containsExactly(
            List.of(
                Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, Shards.START)),
                "0".repeat(39) + "2",
                Shards.SHARD.value(),
                Shards.STREAM.value(),
                "event-2",
                "has the unknown eventName 'COMPACT'",
                RawRecord.text(garbage)));
    assertSound(3);
  }

  @Test
  void garbageThatIsReadAgainIsDroppedLikeAnyOther() {
    ShardPipeline first = open(EVERY_MINUTE);
    feedMixed(first, 1, 4);
    first.commitHeld();
    feedMixed(first, 5, 6);

    ShardPipeline afterACrash = open(EVERY_MINUTE);
    feedMixed(afterACrash, 1, 8);
    afterACrash.commitIfDue();
    afterACrash.commitHeld();

    assertThat(positions("changes")).containsExactly("1", "3", "5", "7");
    assertThat(positions("quarantine")).containsExactly("2", "4", "6", "8");
    assertThat(shards.reports).contains("polled 4 new, 4 known");
    assertSound(8);
  }

  @Test
  void aLoserAndItsWinnerQuarantineARecordOnce() {
    ShardPipeline loser = open(EVERY_MINUTE);
    ShardPipeline winner = open(EVERY_MINUTE);
    feedMixed(loser, 1, 2);
    feedMixed(winner, 1, 4);
    winner.commitHeld();

    assertThat(loser.commitHeld()).isEqualTo(new Progress.Superseded());
    feedMixed(loser, 3, 6);
    loser.commitHeld();

    assertThat(positions("quarantine")).containsExactly("2", "4", "6");
    assertSound(6);
  }

  @Test
  void aStreamOfNothingButGarbageIsCommittedOn() {
    RollPolicy twoRecords = new RollPolicy(Duration.ofDays(1), Long.MAX_VALUE, 2);
    ShardPipeline pipeline = open(twoRecords);

    for (int i = 1; i <= 6; i++) {
      pipeline.accept(StreamedRecord.of(Shards.garbage(i)));
      pipeline.commitIfDue();
    }
    pipeline.end();

    assertThat(positions("changes")).isEmpty();
    assertThat(positions("quarantine")).hasSize(6);
    assertSound(6);
  }

  @Test
  void aChangeWithoutTheKeysOfItsTableGoesToQuarantine() {
    shards.keys = new ChangesTable(List.of(new KeyAttribute("Other", KeyType.S)));
    ShardPipeline pipeline = open(EVERY_MINUTE);

    pipeline.accept(StreamedRecord.of(Shards.record(1)));
    pipeline.commitHeld();

    assertThat(rows.of("quarantine", "reason"))
        .containsExactly(List.of("does not have the keys that its table was read with"));
    assertSound(1);
  }

  @ParameterizedTest
  @MethodSource("awkward")
  void noRecordWithAPlaceInItsShardStopsTheShard(String what, Record record) {
    ShardPipeline pipeline = open(EVERY_MINUTE);

    pipeline.accept(StreamedRecord.of(Shards.record(1)));
    pipeline.accept(StreamedRecord.of(record));
    pipeline.accept(StreamedRecord.of(Shards.record(3)));
    pipeline.commitHeld();

    assertThat(positions("changes").size() + positions("quarantine").size()).as(what).isEqualTo(3);
    assertThat(pipeline.position()).contains(SequenceNumber.parse("3"));
    assertSound(3);
  }

  static Stream<Arguments> awkward() {
    AttributeValue deep = AttributeValue.fromS("x");
    for (int i = 0; i < 100; i++) {
      deep = AttributeValue.fromM(Map.of("m", deep));
    }
    return Stream.of(
        arguments("no keys", altered(c -> c.keys(null))),
        arguments("no images", altered(c -> c.newImage(null))),
        arguments("no time", altered(c -> c.approximateCreationDateTime(null))),
        arguments("a time in a million years", altered(c -> c.approximateCreationDateTime(MAX))),
        arguments(
            "a time in a million years, and no keys",
            altered(c -> c.approximateCreationDateTime(MAX).keys(null))),
        arguments("a time before all", altered(c -> c.approximateCreationDateTime(Instant.MIN))),
        arguments("200 digits", image(AttributeValue.fromN("9".repeat(200)))),
        arguments("1E-130", image(AttributeValue.fromN("1E-130"))),
        arguments("an empty map", image(AttributeValue.fromM(Map.of()))),
        arguments("an empty set", image(AttributeValue.fromSs(List.of()))),
        arguments("no type", image(AttributeValue.builder().build())),
        arguments("400 KB", image(AttributeValue.fromS("\u0000".repeat(400 << 10)))),
        arguments("100 levels", image(deep)),
        arguments("half a pair", image(AttributeValue.fromS("\ud83d"))),
        arguments(
            "half a pair in the event id", Shards.record(2).toBuilder().eventID("\ud83d").build()),
        arguments("no event id", Shards.record(2).toBuilder().eventID(null).build()),
        arguments("no event name", Shards.record(2).toBuilder().eventName((String) null).build()));
  }

  @Test
  void aNonsensicalTimeOfGarbageDoesNotSetTheShardsClock() {
    ShardPipeline pipeline = open(EVERY_MINUTE);

    pipeline.accept(StreamedRecord.of(altered(c -> c.approximateCreationDateTime(MAX).keys(null))));
    pipeline.accept(StreamedRecord.of(Shards.record(3)));
    pipeline.commitHeld();

    assertThat(shards.store.objects().keySet().stream().map(ObjectKey::value))
        .anyMatch(key -> key.contains("/changes/dt=2026-11-21/hh=05/"))
        .anyMatch(key -> key.contains("/quarantine/dt=1970-01-01/"));
  }

  @Test
  void garbageWithoutATimeIsKeptWhereverTheReadingStarts() {
    ReadingStart latest = shards.startLatest();
    ShardPipeline pipeline = open(EVERY_MINUTE);
    Instant before = latest.notBefore().minusSeconds(1);

    pipeline.accept(
        StreamedRecord.of(altered(c -> c.approximateCreationDateTime(before).keys(null))));
    pipeline.accept(
        StreamedRecord.of(
            altered(
                c ->
                    c.approximateCreationDateTime(null)
                        .keys(null)
                        .sequenceNumber(Shards.spelled(3)))));
    pipeline.commitHeld();

    assertThat(positions("quarantine")).containsExactly("3");
  }

  @Test
  void aRecordThatDoesNotSayWhereItStandsIsRefusedByName() {
    ShardPipeline pipeline = open(EVERY_MINUTE);

    assertThatThrownBy(
            () -> pipeline.accept(StreamedRecord.of(Record.builder().eventID("e-1").build())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("e-1")
        .hasMessageContaining("whose SequenceNumber is missing or not a number");
    assertThatThrownBy(
            () -> pipeline.accept(StreamedRecord.of(altered(c -> c.sequenceNumber("x")))))
        .hasMessageContaining("whose SequenceNumber is missing or not a number");
  }

  private static Record image(AttributeValue value) {
    return altered(c -> c.newImage(Map.of("PK", AttributeValue.fromS("k"), "a", value)));
  }

  /** Record 2 with something else in it. */
  private static Record altered(Consumer<StreamRecord.Builder> change) {
    Record record = Shards.record(2);
    StreamRecord.Builder altered = record.dynamodb().toBuilder();
    change.accept(altered);
    return record.toBuilder().dynamodb(altered.build()).build();
  }

  private ShardPipeline open(RollPolicy policy) {
    return shards.worker(policy).open(Shards.SHARD);
  }

  private List<String> positions(String folder) {
    return rows.of(folder, "ltrim(cdc_seq, '0')").stream().map(row -> row.get(0)).toList();
  }

  private void assertSound(long records) {
    LakeReport report = new LakeCheck(shards.store, Shards.LAKE).check(Shards.TABLE);
    assertThat(report.findings()).isEmpty();
    assertThat(report.records()).isEqualTo(records);
  }

  /** Every other record is garbage. */
  private static void feedMixed(ShardPipeline pipeline, int from, int to) {
    for (int i = from; i <= to; i++) {
      pipeline.accept(StreamedRecord.of(i % 2 == 0 ? Shards.garbage(i) : Shards.record(i)));
    }
  }
}
