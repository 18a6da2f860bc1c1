package dev.afterbay.consumer.rewind;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.status.Lease;
import dev.afterbay.consumer.status.LeaseTable;
import dev.afterbay.sinks.tocatalog.Pause;
import dev.afterbay.transforms.change.ShardId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who reads a table at this moment, by the leases. */
final class Holders {
  /** A worker renews its leases every few seconds; one that did not for so long has lost them. */
  static final Duration SILENCE = Duration.ofSeconds(10);

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final LeaseTable leases;
  private final String application;
  private final Pause pause;

  Holders(LeaseTable leases, String application, Pause pause) {
    this.pause = pause;
    this.leases = leases;
    this.application = application;
  }

  /**
   * Returns when it is certain that nobody reads: at once if no lease has an owner, otherwise after
   * it was watched for long enough that none renews its own.
   *
   * @throws Failure if somebody reads; it says who
   */
  void refuseIfAny() {
    Map<ShardId, Lease> before = held();
    if (before.isEmpty()) {
      return;
    }
    for (Duration watched = Duration.ZERO;
        watched.compareTo(SILENCE) < 0;
        watched = watched.plus(LOOK)) {
      await();
      Map<ShardId, Lease> now = held();
      List<String> alive =
          now.values().stream()
              .filter(lease -> !lease.equals(before.get(lease.shard())))
              .map(lease -> lease.shard() + " by " + lease.owner().orElse("nobody"))
              .toList();
      if (!alive.isEmpty()) {
        throw new Failure(
            "Workers read the stream, as the lease table '%s' says: %s. Stop them, which frees their"
                    .formatted(application, String.join(", ", alive))
                + " leases, then repeat the command");
      }
    }
  }

  private Map<ShardId, Lease> held() {
    Map<ShardId, Lease> held = new TreeMap<>();
    leases
        .read(application)
        .ifPresent(
            rows ->
                rows.leases().stream()
                    .filter(lease -> lease.owner().isPresent())
                    .forEach(lease -> held.put(lease.shard(), lease)));
    return held;
  }

  private void await() {
    try {
      pause.rest(LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("The command was interrupted before anything was changed", e);
    }
  }
}
