package dev.afterbay.consumer.pipeline;

import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.TableName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Up to which shard all logs of a stream have ended. A stream makes some thousand shards a year: a
 * worker that starts need not look at the logs of all of them again.
 */
final class SettledShards {
  /** So many shards further, a new note is worth its object. */
  private static final int STRIDE = 20;

  private final ObjectStore store;
  private final String prefix;

  SettledShards(ObjectStore store, Lake lake, TableName table, StreamLabel stream) {
    this.store = store;
    this.prefix = lake.settled(table, stream);
  }

  /** The last shard of those that are noted; names of newer shards come after it. */
  Optional<ShardId> last() {
    try (Stream<StoredObject> notes = store.list(prefix, "")) {
      return notes
          .map(note -> new ShardId(note.key().value().substring(prefix.length())))
          .reduce((earlier, later) -> later);
    }
  }

  /** Notes shards whose logs have ended, all that follow the last one without a hole. */
  void advance(List<ShardId> ended) {
    if (ended.size() >= STRIDE) {
      ShardId last = ended.get(ended.size() - 1);
      store.putIfAbsent(new ObjectKey(prefix + last), "ended\n".getBytes(StandardCharsets.UTF_8));
    }
  }
}
