package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.transforms.change.StreamShard;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatermarksTest {
  private static final StreamShard SHARD = ShardFeed.shard("shardId-1");
  private static final Lake LAKE = new Lake("lake");
  private static final Instant TIME = Instant.parse("2026-11-21T06:00:00.5Z");

  private final MemoryObjectStore store = new MemoryObjectStore();

  @Test
  void theNewestNoteCounts() {
    Watermarks.post(store, LAKE, SHARD, 0, TIME);
    Watermarks.post(store, LAKE, SHARD, 0, TIME.plusSeconds(1));

    assertThat(Watermarks.find(store, LAKE, SHARD, 0)).hasValue(TIME.plusSeconds(1));
    assertThat(store.objects()).hasSize(1);
  }

  @Test
  void aShardOfWhichNobodyHasSaidAnythingHasNone() {
    Watermarks.post(store, LAKE, SHARD, 0, TIME);

    assertThat(Watermarks.find(store, LAKE, ShardFeed.shard("shardId-2"), 0)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"readThrough\":\"2026-11-21T06:00:00Z",
        "[\"readThrough\":\"2026-11-21T06:00:00Z\"}",
        "{\"readThrough\":\"yesterday\"}",
        "{\"readThrough\":\"2026-11-21T06:00:00Z]]",
        "{\"readThrough\":\"2026-11-21T06:00:00Z\"}\n"
      })
  void aNoteThatCannotBeReadSaysNothing(String note) {
    store.post(LAKE.watermark(SHARD, 0), note.getBytes(StandardCharsets.UTF_8));

    assertThat(Watermarks.find(store, LAKE, SHARD, 0)).isEmpty();
  }
}
