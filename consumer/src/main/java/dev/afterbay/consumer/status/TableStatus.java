package dev.afterbay.consumer.status;

import dev.afterbay.reconciliation.audit.AuditSummary;
import dev.afterbay.sinks.commit.RecordedGap;
import dev.afterbay.sinks.commit.ShardStatus;
import dev.afterbay.sinks.segment.Tallies;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far one table is in the lake.
 *
 * @param table the source table
 * @param completeAt every change up to this time is in the lake; empty if that cannot be said
 * @param shards by stream and shard; those that are leased and have no commit yet come last
 * @param gaps what is known to be missing, by stream, shard and position
 * @param openGaps those of them that are not healed
 * @param tallies what was counted in all logs: attributes that fit no column, records of no entity
 * @param audit the newest, if there is any
 */
public record TableStatus(
    TableName table,
    Optional<Instant> completeAt,
    List<ShardProgress> shards,
    List<RecordedGap> gaps,
    Set<RecordedGap> openGaps,
    Tallies tallies,
    Optional<AuditSummary> audit) {
  /** Copies the lists. */
  public TableStatus {
    shards = List.copyOf(shards);
    gaps = List.copyOf(gaps);
    openGaps = Set.copyOf(openGaps);
  }

  /** The commits in all logs of the table. */
  public long commits() {
    return shards.stream().mapToLong(ShardProgress::commits).sum();
  }

  /** The records in all logs of the table. */
  public long records() {
    return shards.stream().mapToLong(ShardProgress::records).sum();
  }

  /**
   * Puts together what the logs and the leases say. Logs of other origin than a stream say nothing
   * of how far the streams were read.
   *
   * @param readThrough up to when open shards were read through, as far as somebody has said so
   */
  static TableStatus of(
      TableName table,
      List<ShardStatus> allLogs,
      List<RecordedGap> gaps,
      Set<RecordedGap> openGaps,
      List<Lease> leases,
      Map<ShardId, Instant> readThrough,
      Instant now) {
    List<ShardStatus> logs =
        allLogs.stream().filter(log -> log.shard().shard().ofStream()).toList();
    Map<ShardId, ShardStatus> byShard = new HashMap<>();
    logs.forEach(log -> byShard.put(log.shard().shard(), log));
    Map<ShardId, Lease> byLease = new HashMap<>();
    leases.forEach(lease -> byLease.put(lease.shard(), lease));

    List<ShardProgress> shards = new ArrayList<>();
    logs.stream()
        .sorted(
            Comparator.comparing((ShardStatus log) -> log.shard().stream())
                .thenComparing(log -> log.shard().shard()))
        .forEach(
            log -> {
              ShardId shard = log.shard().shard();
              Optional<Instant> through = Optional.ofNullable(readThrough.get(shard));
              shards.add(committed(log, byLease.get(shard), through, now));
            });
    Set<ShardId> uncommitted = new TreeSet<>(byLease.keySet());
    uncommitted.removeAll(byShard.keySet());
    for (ShardId shard : uncommitted) {
      Lease lease = byLease.get(shard);
      if (lease != null) {
        Optional<Instant> through = Optional.ofNullable(readThrough.get(shard));
        shards.add(uncommitted(lease, byShard, through, now));
      }
    }
    Tallies tallies =
        allLogs.stream().map(ShardStatus::tallies).reduce(Tallies.NONE, Tallies::plus);
    return new TableStatus(
        table, completeAt(shards), shards, gaps, openGaps, tallies, Optional.empty());
  }

  /** The same with its newest audit. */
  TableStatus with(Optional<AuditSummary> newest) {
    return new TableStatus(table, completeAt, shards, gaps, openGaps, tallies, newest);
  }

  private static ShardProgress committed(
      ShardStatus log, @Nullable Lease lease, Optional<Instant> through, Instant now) {
    boolean ended = log.state() == ShardStatus.State.ENDED;
    Optional<Instant> to = ended ? to(log) : later(to(log), through);
    return new ShardProgress(
        Optional.of(log.shard().stream()),
        log.shard().shard(),
        parents(log, lease),
        ended,
        log.position(),
        log.records(),
        log.commits(),
        to,
        Optional.of(log.lastCommit()),
        ended ? Optional.empty() : to.map(time -> Duration.between(time, now)),
        lease == null ? Optional.empty() : lease.owner());
  }

  private static Set<ShardId> parents(ShardStatus log, @Nullable Lease lease) {
    Set<ShardId> parents = new TreeSet<>();
    log.parent().ifPresent(parents::add);
    if (lease != null) {
      parents.addAll(lease.parents());
    }
    return parents;
  }

  /** A lineage without any record stands at the epoch, which says nothing. */
  private static Optional<Instant> to(ShardStatus log) {
    return Optional.of(log.to()).filter(Instant.EPOCH::isBefore);
  }

  /** A shard whose log is still empty is as far as the shards that it continues. */
  private static ShardProgress uncommitted(
      Lease lease, Map<ShardId, ShardStatus> logs, Optional<Instant> through, Instant now) {
    Optional<Instant> parentsEnd =
        lease.parents().stream()
            .map(logs::get)
            .map(log -> log == null ? Optional.<Instant>empty() : to(log))
            .reduce(TableStatus::earlier)
            .orElse(Optional.empty());
    Optional<Instant> to = lease.ended() ? parentsEnd : later(parentsEnd, through);
    return new ShardProgress(
        Optional.empty(),
        lease.shard(),
        lease.parents(),
        lease.ended(),
        Optional.empty(),
        0,
        0,
        to,
        Optional.empty(),
        lease.ended() ? Optional.empty() : to.map(time -> Duration.between(time, now)),
        lease.owner());
  }

  /** The open shard that is least far decides; if all have ended, the one that went furthest. */
  private static Optional<Instant> completeAt(List<ShardProgress> shards) {
    return shards.stream()
        .filter(shard -> !shard.ended())
        .map(ShardProgress::completeAt)
        .reduce(TableStatus::earlier)
        .orElseGet(
            () ->
                shards.stream()
                    .flatMap(shard -> shard.completeAt().stream())
                    .max(Comparator.naturalOrder()));
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return Stream.concat(one.stream(), other.stream()).max(Comparator.naturalOrder());
  }

  /** Nothing can be said of two if it cannot be said of one. */
  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    return one.flatMap(a -> other.map(b -> a.isBefore(b) ? a : b));
  }
}
