package dev.afterbay.local.stream;

import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table's stream from the moment it was enabled until it is forgotten. */
final class Incarnation {
  private final ScriptedTable table;
  private final StreamLabel label;
  private final Instant created;
  private final Map<ShardId, Shard> shards = new LinkedHashMap<>();
  private boolean enabled = true;

  Incarnation(ScriptedTable table, StreamLabel label, Instant created) {
    this.table = table;
    this.label = label;
    this.created = created;
  }

  StreamLabel label() {
    return label;
  }

  String arn() {
    return table.arn() + "/stream/" + label;
  }

  Instant created() {
    return created;
  }

  boolean enabled() {
    return enabled;
  }

  Shard open(ShardId id, @Nullable Shard parent, KeyRange range, String starting) {
    Shard shard = new Shard(new StreamShard(table.name(), label, id), parent, range, starting);
    shards.put(id, shard);
    return shard;
  }

  /** All shards that still exist, oldest first. */
  List<Shard> shards() {
    return new ArrayList<>(shards.values());
  }

  @Nullable Shard find(ShardId id) {
    return shards.get(id);
  }

  void remove(Shard shard) {
    shards.remove(shard.name().shard());
  }

  void disable() {
    enabled = false;
    shards.values().stream().filter(Shard::open).forEach(Shard::close);
  }
}
