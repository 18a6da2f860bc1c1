package dev.afterbay.sinks.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.sinks.check.LakeCleaning.Cleaned;
import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.LogEntries;
import dev.afterbay.sinks.commit.Opening;
import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.OpenUploads.OpenUpload;
import dev.afterbay.sinks.tostorage.UploadId;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeCleaningTest {
  private static final StreamShard SHARD = ShardFeed.shard("shardId-1");
  private static final Lake LAKE = new Lake("lake");
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant OLD = NOW.minus(LakeCleaning.OLD_UPLOAD).minus(Duration.ofMillis(1));

  @TempDir Path scratch;
  private final MemoryObjectStore store = new MemoryObjectStore();
  private final List<OpenUpload> uploads = new ArrayList<>();

  @BeforeEach
  void fill() {
    ShardLog log = ((Opening.Opened) log().open(SHARD)).log();
    for (int from : new int[] {1, 3, 5}) {
      Segment segment = log.begin();
      ShardFeed.fill(segment, from, from + 1);
      assertThat(log.commit(segment)).isInstanceOf(Outcome.Committed.class);
    }
  }

  @Test
  void onlyWhatNoEntryNamesIsRemoved() {
    List<ObjectKey> before = List.copyOf(store.objects().keySet());
    ObjectKey stray = beside("stray.parquet");
    store.putIfAbsent(stray, "rows".getBytes(UTF_8));

    Cleaned cleaned = clean();

    assertThat(cleaned).isEqualTo(new Cleaned(List.of(stray), List.of(), 0));
    assertThat(store.objects().keySet()).containsExactlyElementsOf(before);
    assertThat(clean()).isEqualTo(new Cleaned(List.of(), List.of(), 0));
  }

  @Test
  void anUploadIsDroppedThatNobodyCanBeAboutToCommit() {
    OpenUpload dead = upload(beside("dead.parquet"), OLD);
    OpenUpload perhapsAlive = upload(beside("alive.parquet"), NOW.minus(LakeCleaning.OLD_UPLOAD));

    Cleaned cleaned = clean();

    assertThat(cleaned).isEqualTo(new Cleaned(List.of(), List.of(dead), 1));
    assertThat(store.uploads()).containsExactly(perhapsAlive.upload());
  }

  @Test
  void anUploadThatIsCommittedAndWaitsToBePublishedStays() {
    StagedFile last = file(ShardFeed.sequenceNumber(4));
    byte[] content = store.get(last.key()).orElseThrow();
    UploadId staged = store.begin(last.key());
    store.uploadPart(last.key(), staged, 1, ByteBuffer.wrap(content));
    store.delete(last.key());
    rename(last.upload().upload(), staged);
    uploads.add(new OpenUpload(last.key(), staged, OLD));

    Cleaned cleaned = clean();

    assertThat(cleaned).isEqualTo(new Cleaned(List.of(), List.of(), 0));
    assertThat(store.uploads()).containsExactly(staged);
  }

  @Test
  void whatADeletedEntryNamedIsNotTakenForStray() {
    store.putIfAbsent(beside("stray.parquet"), "rows".getBytes(UTF_8));
    upload(beside("dead.parquet"), OLD);
    store.delete(LAKE.commit(SHARD, ShardFeed.sequenceNumber(2)));

    assertNothingIsRemoved();
  }

  @Test
  void whatAGarbledEntryMayNameIsNotTakenForStray() {
    store.overwrite(LAKE.commit(SHARD, ShardFeed.sequenceNumber(4)), "{".getBytes(UTF_8));

    assertNothingIsRemoved();
  }

  @Test
  void aMissingFileIsNoReasonToKeepTheStrays() {
    store.delete(file(Entry.START).key());
    ObjectKey stray = beside("stray.parquet");
    store.putIfAbsent(stray, "rows".getBytes(UTF_8));

    assertThat(clean().files()).containsExactly(stray);
  }

  private void assertNothingIsRemoved() {
    List<ObjectKey> objects = List.copyOf(store.objects().keySet());
    List<UploadId> open = List.copyOf(store.uploads());

    assertThatThrownBy(this::clean)
        .isInstanceOf(LakeException.class)
        .hasMessageContaining("nothing was removed");

    assertThat(store.objects().keySet()).containsExactlyElementsOf(objects);
    assertThat(store.uploads()).containsExactlyInAnyOrderElementsOf(open);
  }

  private Cleaned clean() {
    return new LakeCleaning(
            store,
            LAKE,
            prefix ->
                uploads.stream().filter(each -> each.key().value().startsWith(prefix)).toList(),
            store::delete,
            InstantSource.fixed(NOW))
        .clean(ShardFeed.TABLE, new LakeCheck(store, LAKE).check(ShardFeed.TABLE).findings());
  }

  private OpenUpload upload(ObjectKey key, Instant begun) {
    OpenUpload upload = new OpenUpload(key, store.begin(key), begun);
    uploads.add(upload);
    return upload;
  }

  private ObjectKey beside(String name) {
    String key = file(Entry.START).key().value();
    return new ObjectKey(key.substring(0, key.lastIndexOf('/') + 1) + name);
  }

  private void rename(UploadId from, UploadId to) {
    ObjectKey key = LAKE.commit(SHARD, ShardFeed.sequenceNumber(4));
    String entry = new String(store.get(key).orElseThrow(), UTF_8);
    store.overwrite(key, entry.replace(from.value(), to.value()).getBytes(UTF_8));
  }

  private StagedFile file(SequenceNumber after) {
    return ((Observed.Present<Entry>) new LogEntries(store, LAKE).read(SHARD, after))
        .value()
        .files()
        .get(0);
  }

  private CommitLog log() {
    return new CommitLog(store, LAKE, scratch, InstantSource.fixed(ShardFeed.TIME));
  }
}
