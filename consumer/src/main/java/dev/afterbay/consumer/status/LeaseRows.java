package dev.afterbay.consumer.status;

import dev.afterbay.transforms.change.ShardId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a lease table says at one moment.
 *
 * @param leases one for each shard that is known
 * @param leader the leader's lock, if somebody holds it
 */
public record LeaseRows(List<Lease> leases, Optional<LeaderLock> leader) {
  /** Copies the leases. */
  public LeaseRows {
    leases = List.copyOf(leases);
  }

  /** How many shards were not read to their end. */
  public long open() {
    return leases.stream().filter(lease -> !lease.ended()).count();
  }

  /** How many of these could be read, since their parents were read to the end, and nobody does. */
  public long unowned() {
    Set<ShardId> unfinished =
        leases.stream()
            .filter(lease -> !lease.ended())
            .map(Lease::shard)
            .collect(Collectors.toSet());
    return leases.stream()
        .filter(lease -> !lease.ended() && lease.owner().isEmpty())
        .filter(lease -> lease.parents().stream().noneMatch(unfinished::contains))
        .count();
  }
}
