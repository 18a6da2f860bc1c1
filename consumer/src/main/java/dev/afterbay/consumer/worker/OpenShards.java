package dev.afterbay.consumer.worker;

import dev.afterbay.transforms.change.ShardId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The shards that this process holds records of, or may. Safe for several threads. */
final class OpenShards {
  private final Map<ShardProcessor, ShardId> open = new ConcurrentHashMap<>();

  void opened(ShardProcessor processor, ShardId shard) {
    open.put(processor, shard);
  }

  /** Of a shard that has ended, or whose records are committed and no more will come. */
  void closed(ShardProcessor processor) {
    open.remove(processor);
  }

  boolean none() {
    return open.isEmpty();
  }

  boolean has(ShardId shard) {
    return open.containsValue(shard);
  }
}
