package dev.afterbay.consumer.health;

import dev.afterbay.consumer.pipeline.VisibleSegment;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.time.Instant;

/** The tables and shards of these tests. */
final class Shards {
  static final TableName SHOP = new TableName("E-commerce-Data");
  static final TableName TASKS = new TableName("TaskApp");
  static final StreamShard SHOP_1 = shard(SHOP, "shardId-0001");
  static final StreamShard SHOP_2 = shard(SHOP, "shardId-0002");
  static final StreamShard TASKS_1 = shard(TASKS, "shardId-0001");

  private Shards() {}

  private static StreamShard shard(TableName table, String id) {
    return new StreamShard(table, new StreamLabel("2026-11-21T04:00:00.123"), new ShardId(id));
  }

  /** A segment with a row for each record, committed in a second and a half. */
  static VisibleSegment visible(long records, int files, long bytes, Instant upTo) {
    return new VisibleSegment(records, records, files, bytes, upTo, Duration.ofMillis(1500));
  }
}
