package dev.afterbay.consumer.status;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.reconciliation.audit.Completeness;
import dev.afterbay.sinks.commit.LogStatus;
import dev.afterbay.sinks.commit.ShardStatus;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * How far a table is in the lake, by its commit logs, the leases and the notes of the workers: past
 * a moment if every shard that has not ended is.
 */
public final class LakeProgress implements Completeness {
  /** A shard that has just ended has children, which may not be leased for a while. */
  private static final Duration CHILDREN_APPEAR = Duration.ofMinutes(2);

  private final AfterbayConfig config;
  private final ObjectStore store;
  private final LeaseTable leases;
  private final InstantSource clock;

  /** The progress of a lake. */
  public LakeProgress(
      AfterbayConfig config, ObjectStore store, DynamoDbClient dynamoDb, InstantSource clock) {
    this.config = config;
    this.store = store;
    this.leases = new LeaseTable(dynamoDb);
    this.clock = clock;
  }

  @Override
  public Progress towards(TableName table, Instant moment) {
    Looked looked = look(table);
    return looked.logs().problems().isEmpty()
        ? towards(moment, clock.instant(), looked.logs().shards(), looked.leases(), looked.status())
        : new Progress.Behind(looked.logs().problems().get(0));
  }

  /** Up to when every change of a table is in the lake; empty if that cannot be said. */
  public Optional<Instant> completeAt(TableName table) {
    Looked looked = look(table);
    return looked.logs().problems().isEmpty() ? looked.status().completeAt() : Optional.empty();
  }

  private record Looked(LogStatus logs, List<Lease> leases, TableStatus status) {}

  private Looked look(TableName table) {
    Lake lake = new Lake(config.lake().prefix());
    LogStatus logs = LogStatus.read(store, lake, table);
    List<Lease> held = leases.leases(config.applicationOf(table));
    return new Looked(
        logs,
        held,
        TableStatus.of(
            table,
            logs.shards(),
            List.of(),
            Set.of(),
            held,
            ReadThroughNotes.of(store, lake, table, logs.shards(), held),
            clock.instant()));
  }

  static Progress towards(
      Instant moment, Instant now, List<ShardStatus> logs, List<Lease> leases, TableStatus status) {
    for (ShardProgress shard : status.shards()) {
      if (!shard.ended() && shard.completeAt().filter(moment::isBefore).isEmpty()) {
        return new Progress.Behind(
            "shard "
                + shard.shard()
                + shard
                    .completeAt()
                    .map(at -> " is complete up to " + at)
                    .orElse(" was never read through"));
      }
    }
    Optional<ShardStatus> childless = childless(moment, now, logs, leases);
    if (childless.isPresent()) {
      return new Progress.Behind(
          "shard " + childless.get().shard().shard() + " has ended, and no child is known yet");
    }
    return status.shards().isEmpty()
        ? new Progress.Behind("nothing is committed, and no worker holds a shard")
        : new Progress.Reached();
  }

  private static Optional<ShardStatus> childless(
      Instant moment, Instant now, List<ShardStatus> logs, List<Lease> leases) {
    Set<ShardId> parents = new HashSet<>();
    logs.forEach(log -> log.parent().ifPresent(parents::add));
    leases.forEach(lease -> parents.addAll(lease.parents()));
    Optional<StreamLabel> newest =
        logs.stream()
            .filter(log -> log.shard().shard().ofStream())
            .map(log -> log.shard().stream())
            .max(StreamLabel::compareTo);
    return logs.stream()
        .filter(log -> log.shard().shard().ofStream())
        .filter(log -> newest.filter(log.shard().stream()::equals).isPresent())
        .filter(log -> log.state() == ShardStatus.State.ENDED)
        .filter(log -> !parents.contains(log.shard().shard()))
        .filter(log -> !log.to().isAfter(moment))
        .filter(log -> log.lastCommit().isAfter(now.minus(CHILDREN_APPEAR)))
        .findFirst();
  }
}
