package dev.afterbay.sinks.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.sinks.toparquet.ParquetRows;
import dev.afterbay.sinks.tostorage.CompleteAnswer;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentTest {
  private static final StreamShard SHARD = ShardFeed.shard("shardId-1");
  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
  private static final Lake LAKE = new Lake("lake");

  @TempDir Path scratch;

  @Test
  void aNewSegmentIsEmptyAndNeverDue() {
    Segment segment = segment();

    assertThat(segment.span()).isEmpty();
    assertThat(segment.records()).isZero();
    assertThat(segment.bytes()).isZero();
    assertThat(segment.oldest()).isEmpty();
    assertThat(new RollPolicy(Duration.ofNanos(1), 1, 1).isDue(segment, Instant.MAX)).isFalse();
    assertThat(segment.stage(new MemoryObjectStore(), "c0ffee00")).isEmpty();
  }

  @Test
  void rowsGoToOneFileForEachHour() throws IOException {
    Segment segment = filled(4);
    MemoryObjectStore store = new MemoryObjectStore();

    List<StagedFile> files = segment.stage(store, "c0ffee00");

    String first = ShardFeed.sequenceNumber(1).padded();
    String second = ShardFeed.sequenceNumber(2).padded();
    String third = ShardFeed.sequenceNumber(3).padded();
    String fourth = ShardFeed.sequenceNumber(4).padded();
    String table = "lake/e_commerce_data/changes/dt=2026-11-21/";
    assertThat(files)
        .extracting(file -> file.key().value())
        .containsExactly(
            table + "hh=05/shardId-1-" + first + "-" + second + "-c0ffee00.parquet",
            table + "hh=06/shardId-1-" + third + "-" + fourth + "-c0ffee00.parquet");
    assertThat(files).extracting(StagedFile::rows).containsExactly(2L, 2L);
    assertThat(store.objects()).isEmpty();
    for (StagedFile file : files) {
      assertThat(store.complete(file.upload())).isEqualTo(new CompleteAnswer.Completed());
      byte[] content = store.get(file.key()).orElseThrow();
      assertThat((long) content.length).isEqualTo(file.size());
      assertThat(ParquetRows.read(content)).hasSize(2);
    }
    assertThat(segment.bytes()).isEqualTo(files.stream().mapToLong(StagedFile::size).sum());
  }

  @Test
  void aSegmentTellsItsRun() {
    Segment segment = filled(3);

    assertThat(segment.span())
        .hasValue(
            new Span(
                ShardFeed.sequenceNumber(1),
                ShardFeed.sequenceNumber(3),
                3,
                ShardFeed.TIME,
                ShardFeed.TIME.plus(Duration.ofMinutes(2))));
    assertThat(segment.schemas()).isEqualTo(Map.of("changes", 1));
    assertThat(segment.cursor().records()).isEqualTo(3);
    assertThat(segment.start()).isEqualTo(ShardCursor.start());
    assertThat(segment.oldest()).hasValue(NOW);
  }

  @Test
  void aRecordThatDoesNotFollowIsRefused() {
    Segment segment = filled(2);
    ShardCursor after = segment.cursor();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> segment.append(after, List.of()))
        .withMessageContaining("does not follow");
  }

  @Test
  void aSegmentIsDueAtTheFirstLimitItReaches() {
    Segment segment = filled(2);
    Duration day = Duration.ofDays(1);
    long many = Long.MAX_VALUE;

    assertThat(new RollPolicy(day, many, 2).isDue(segment, NOW)).isTrue();
    assertThat(new RollPolicy(day, many, 3).isDue(segment, NOW)).isFalse();
    assertThat(new RollPolicy(day, segment.bytes(), 3).isDue(segment, NOW)).isTrue();
    assertThat(new RollPolicy(day, segment.bytes() + 1, 3).isDue(segment, NOW)).isFalse();
    assertThat(new RollPolicy(day, many, 3).isDue(segment, NOW.plus(day))).isTrue();
    assertThat(new RollPolicy(day, many, 3).isDue(segment, NOW.plus(day).minusNanos(1))).isFalse();
  }

  @Test
  void theFirstSegmentAfterAnOpeningIsCutAfterSecondsUnlessAllAre() {
    RollPolicy usual = new RollPolicy(Duration.ofMinutes(5), 1000, 10);
    RollPolicy quick = new RollPolicy(Duration.ofMillis(500), 1000, 10);

    assertThat(usual.firstAfterOpening())
        .isEqualTo(new RollPolicy(Duration.ofSeconds(3), 1000, 10));
    assertThat(quick.firstAfterOpening()).isEqualTo(quick);
  }

  @Test
  void aLimitOfNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RollPolicy(Duration.ZERO, 1, 1))
        .withMessageContaining("max-age PT0S");
  }

  @Test
  void aFailedStagingDropsWhatItUploaded() {
    Segment segment = filled(4);
    MemoryObjectStore store = new MemoryObjectStore();
    ScarceStore scarce = new ScarceStore(store, 1);

    assertThatThrownBy(() -> segment.stage(scarce, "c0ffee00"))
        .isInstanceOf(ObjectStoreException.class);

    assertThat(store.uploads()).isEmpty();
    assertThat(segment.stage(store, "c0ffee00")).hasSize(2);
  }

  @Test
  void aSegmentTakesMemoryUntilItIsDiscarded() {
    Segment segment = segment();
    long empty = segment.memory();
    ShardFeed.fill(segment, 1, 2);
    long oneFile = segment.memory();
    ShardFeed.fill(segment, 3, 4);
    long twoFiles = segment.memory();

    segment.discard();

    assertThat(empty).isZero();
    assertThat(oneFile).isGreaterThan(500_000);
    assertThat(twoFiles).as("the first hour's file is finished").isLessThan(2 * oneFile);
    assertThat(segment.memory()).isZero();
  }

  @Test
  void aDiscardedSegmentIsOfNoUse() {
    Segment segment = filled(1);

    segment.discard();

    assertThatIllegalStateException()
        .isThrownBy(() -> segment.stage(new MemoryObjectStore(), "c0ffee00"));
    assertThatIllegalStateException()
        .isThrownBy(() -> ShardFeed.feed(segment, ShardFeed.record(2)));
    segment.discard();
  }

  @Test
  void filesOfOneRunInTwoCommitsHaveDifferentNames() {
    MemoryObjectStore store = new MemoryObjectStore();

    ObjectKey one = filled(1).stage(store, "aaaaaaaa").get(0).key();
    ObjectKey other = filled(1).stage(store, "bbbbbbbb").get(0).key();

    assertThat(one).isNotEqualTo(other);
  }

  private Segment filled(int records) {
    return ShardFeed.fill(segment(), 1, records);
  }

  private Segment segment() {
    return new Segment(
        SHARD, ShardCursor.start(), LAKE, Workspace.in(scratch), InstantSource.fixed(NOW));
  }
}
