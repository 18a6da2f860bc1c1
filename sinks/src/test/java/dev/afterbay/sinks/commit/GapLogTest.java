package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Gap;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.faults.FaultyStore;
import dev.afterbay.sinks.faults.Verb;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.toparquet.ParquetRows;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GapLogTest {
  private static final StreamShard SHARD = ShardFeed.shard("shardId-1");
  private static final StreamShard CHILD = ShardFeed.shard("shardId-2");
  private static final Lake LAKE = new Lake("lake");

  @TempDir Path scratch;
  private final MemoryObjectStore store = new MemoryObjectStore();

  @Test
  void aGapIsCommittedInItsPlaceAndTheLogGoesOnRightBeforeTheFirstRecordAfterIt() {
    ShardLog log = open();
    log.commit(ShardFeed.fill(log.begin(), 1, 2));

    Outcome outcome = log.commitGap(gapBefore(5));
    Outcome next = log.commit(ShardFeed.fill(log.begin(), 5, 6));

    Entry gap = ((Outcome.Committed) outcome).entry();
    assertThat(gap.gap()).contains(gapBefore(5));
    assertThat(gap.after()).isEqualTo(ShardFeed.sequenceNumber(2));
    assertThat(gap.records()).isZero();
    assertThat(((Outcome.Committed) next).entry().after())
        .isEqualTo(ShardFeed.sequenceNumber(5).previous());
    assertThat(log.totals().records()).isEqualTo(4);
    assertThat(new LakeCheck(store, LAKE).check(SHARD.table()).findings()).isEmpty();
  }

  @Test
  void aGapIsReadBackFromItsObjectAsItWasRecorded() {
    ShardLog log = open();
    log.commit(ShardFeed.fill(log.begin(), 1, 2));

    Entry entry = ((Outcome.Committed) log.commitGap(gapBefore(5))).entry();

    RecordedGap.All all = RecordedGap.readAll(store, LAKE, SHARD.table());
    assertThat(all.problems()).isEmpty();
    assertThat(all.gaps())
        .containsExactly(
            new RecordedGap(
                SHARD, ShardFeed.sequenceNumber(2), gapBefore(5), entry.id(), entry.committedAt()));
  }

  @Test
  void aGapIsARowThatTellsAllOfIt() throws IOException {
    ShardLog log = open();

    Entry entry = ((Outcome.Committed) log.commitGap(gapBefore(5))).entry();

    byte[] file =
        Objects.requireNonNull(store.objects().get(entry.files().get(0).key()), "the file");
    GenericRecord row = ParquetRows.read(file).get(0);
    long from = ChronoUnit.MICROS.between(Instant.EPOCH, ShardFeed.TIME);
    assertThat(entry.files().get(0).key().value()).contains("/gaps/dt=2026-11-21/shardId-1-");
    assertThat(row.getSchema().getFields())
        .extracting(field -> String.valueOf(row.get(field.name())))
        .containsExactly(
            SHARD.stream().value(),
            "shardId-1",
            "TRIMMED",
            Entry.START.padded(),
            ShardFeed.sequenceNumber(5).padded(),
            Long.toString(from),
            Long.toString(from + 60_000_000),
            "trimmed",
            Long.toString(from));
    assertThat(row.getSchema().getFields())
        .extracting(Schema.Field::name)
        .containsExactlyElementsOf(
            GapsTable.schema().getFields().stream().map(Schema.Field::name).toList());
  }

  @Test
  void aStreamsLogsAreReadFromAShardOn() {
    open().commitGap(gap(Optional.empty()));
    ((Opening.Opened) commits().open(CHILD)).log().commitGap(gap(Optional.empty()));

    assertThat(shardsAfter(Optional.empty())).containsExactly(SHARD, CHILD);
    assertThat(shardsAfter(Optional.of(SHARD.shard()))).containsExactly(CHILD);
    assertThat(shardsAfter(Optional.of(CHILD.shard()))).isEmpty();
  }

  private List<StreamShard> shardsAfter(Optional<ShardId> shard) {
    return LogStatus.readStream(store, LAKE, SHARD.table(), SHARD.stream(), shard).shards().stream()
        .map(ShardStatus::shard)
        .toList();
  }

  @Test
  void aGapWithoutARecordAfterItEndsTheLogSoThatChildrenStart() {
    ShardLog log = open();

    log.commitGap(gap(Optional.empty()));

    assertThat(log.ended()).isTrue();
    assertThat(commits().openChild(CHILD, SHARD.shard())).isInstanceOf(Opening.Opened.class);
    assertThat(new LakeCheck(store, LAKE).check(SHARD.table()).findings()).isEmpty();
  }

  @Test
  void ofTwoWritersThatFindTheSameGapOneRecordsIt() {
    ShardLog one = open();
    ShardLog other = open();

    one.commitGap(gapBefore(5));
    Outcome late = other.commitGap(gapBefore(5));

    assertThat(late).isInstanceOf(Outcome.Superseded.class);
    assertThat(other.cursor()).isEqualTo(one.cursor());
    assertThat(RecordedGap.readAll(store, LAKE, SHARD.table()).gaps()).hasSize(1);
    assertThat(new LakeCheck(store, LAKE).check(SHARD.table()).findings()).isEmpty();
  }

  @Test
  void aZombieThatSeesAGapBehindTheLogRecordsNothing() {
    ShardLog zombie = open();
    ShardLog log = open();
    log.commit(ShardFeed.fill(log.begin(), 1, 4));

    Outcome outcome = zombie.commitGap(gapBefore(3));

    assertThat(outcome).isInstanceOf(Outcome.Superseded.class);
    assertThat(zombie.cursor().position()).hasValue(ShardFeed.sequenceNumber(4));
    assertThat(RecordedGap.readAll(store, LAKE, SHARD.table()).gaps()).isEmpty();
  }

  @Test
  void anObjectThatWasCreatedIsNotLookedFor() {
    Calls.Heard calls = new Calls.Heard();
    ShardLog log =
        ((Opening.Opened)
                new CommitLog(
                        new FaultyStore(store, calls),
                        LAKE,
                        scratch,
                        InstantSource.fixed(ShardFeed.TIME))
                    .open(SHARD))
            .log();

    log.commitGap(gapBefore(5));

    assertThat(calls.verbs())
        .containsExactly(Verb.LIST, Verb.BEGIN, Verb.PART, Verb.PUT, Verb.COMPLETE, Verb.PUT);
  }

  @Test
  void theLastEntryOfALogIsToldAsItStands() {
    assertThat(commits().last(SHARD)).isInstanceOf(Observed.Absent.class);

    ShardLog log = open();
    log.commit(ShardFeed.fill(log.begin(), 1, 2));
    Entry entry = ((Outcome.Committed) log.commit(ShardFeed.fill(log.begin(), 3, 4))).entry();

    assertThat(commits().last(SHARD)).isEqualTo(new Observed.Present<>(entry));
  }

  @Test
  void betweenNeighboursNothingCanBeMissing() {
    ShardLog log = open();
    log.commit(ShardFeed.fill(log.begin(), 1, 2));
    SequenceNumber neighbour = ShardFeed.sequenceNumber(3);

    assertThat(neighbour.previous()).isEqualTo(ShardFeed.sequenceNumber(2));
    assertThatIllegalArgumentException().isThrownBy(() -> log.commitGap(gapBefore(3)));
  }

  @Test
  void aGapWhoseObjectIsMissingIsFoundByTheCheckOnceTheLogWentOn() {
    ShardLog log = open();
    log.commitGap(gapBefore(5));
    ObjectKey note = LAKE.gap(SHARD, Entry.START);
    MemoryObjectStore without = new MemoryObjectStore();
    Segment next = ShardFeed.fill(log.begin(), 5, 6);
    log.commit(next);
    store.objects().entrySet().stream()
        .filter(object -> !object.getKey().equals(note))
        .forEach(object -> without.putIfAbsent(object.getKey(), object.getValue()));

    assertThat(new LakeCheck(without, LAKE).check(SHARD.table()).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.key()).isEqualTo(note));
  }

  @Test
  void anObjectThatTellsOfNoGapIsAProblemAndHidesNoOther() {
    ShardLog log = open();
    log.commitGap(gapBefore(5));
    store.putIfAbsent(
        LAKE.gap(SHARD, ShardFeed.sequenceNumber(9)), "{}".getBytes(StandardCharsets.UTF_8));

    RecordedGap.All all = RecordedGap.readAll(store, LAKE, SHARD.table());

    assertThat(all.gaps()).hasSize(1);
    assertThat(all.problems()).singleElement().asString().contains("'table' is missing");
  }

  private ShardLog open() {
    return ((Opening.Opened) commits().open(SHARD)).log();
  }

  private CommitLog commits() {
    return new CommitLog(store, LAKE, scratch, InstantSource.fixed(ShardFeed.TIME));
  }

  private static Gap gapBefore(int record) {
    return gap(Optional.of(ShardFeed.sequenceNumber(record)));
  }

  private static Gap gap(Optional<SequenceNumber> before) {
    return new Gap(
        Gap.Reason.TRIMMED, before, ShardFeed.TIME, ShardFeed.TIME.plusSeconds(60), "trimmed");
  }
}
