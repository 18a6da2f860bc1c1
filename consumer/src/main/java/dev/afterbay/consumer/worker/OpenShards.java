package dev.afterbay.consumer.worker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The shards that this process holds records of, or may. Safe for several threads. */
final class OpenShards {
  private final Set<ShardProcessor> open = ConcurrentHashMap.newKeySet();

  void opened(ShardProcessor processor) {
    open.add(processor);
  }

  /** Of a shard that has ended, or whose records are committed and no more will come. */
  void closed(ShardProcessor processor) {
    open.remove(processor);
  }

  boolean none() {
    return open.isEmpty();
  }
}
