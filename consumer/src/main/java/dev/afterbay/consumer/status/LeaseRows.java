package dev.afterbay.consumer.status;

import java.util.List;
import java.util.Optional;

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
}
