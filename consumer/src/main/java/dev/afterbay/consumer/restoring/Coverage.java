package dev.afterbay.consumer.restoring;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.pipeline.ReadingStart;
import dev.afterbay.consumer.pipeline.StreamLedger;
import dev.afterbay.consumer.quarantine.Quarantine;
import dev.afterbay.consumer.query.QuarantineQuery;
import dev.afterbay.reconciliation.audit.Completeness;
import dev.afterbay.reconciliation.compare.LakeSide;
import dev.afterbay.reconciliation.heal.Healing;
import dev.afterbay.sinks.commit.RecordedGap;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.TableName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the lake tells the whole state of a table at a moment. What it does not tell is refused
 * by name.
 */
final class Coverage {
  /** A stream that a table was made with is as old as the table. */
  private static final Duration TOGETHER = Duration.ofMinutes(1);

  /** What a stream keeps. */
  private static final Duration KEPT = Duration.ofHours(24);

  private final ObjectStore store;
  private final Lake lake;
  private final Completeness completeness;
  private final Quarantine quarantine;

  Coverage(ObjectStore store, Lake lake, Completeness completeness, Quarantine quarantine) {
    this.store = store;
    this.lake = lake;
    this.completeness = completeness;
    this.quarantine = quarantine;
  }

  /**
   * Refuses a moment of which the lake does not tell everything.
   *
   * @param created when the table was; empty if it is gone
   * @throws Failure with what is missing, and the way out
   */
  void require(LakeSide side, Optional<Instant> created, TableRestore.Beginning beginning) {
    TableName table = side.table();
    Instant at = side.moment();
    // Times of records are to the second, and what is still written in this one counts.
    Instant end = at.plusSeconds(1).minusNanos(1);
    if (completeness.towards(table, end) instanceof Completeness.Progress.Behind behind) {
      throw new Failure(
          "The lake is not complete up to "
              + at
              + " yet: "
              + behind.where()
              + "; name an earlier moment, or let a worker run");
    }
    if (side.base().isEmpty() && beginning == TableRestore.Beginning.WHOLE) {
      requireBeginning(table, at, created);
    }
    requireNoGap(side);
    requireNothingSetAside(side);
  }

  private void requireBeginning(TableName table, Instant at, Optional<Instant> created) {
    Optional<StreamLedger> first = first(table);
    Optional<Instant> began = first.flatMap(ledger -> time(ledger.stream()));
    boolean fromTheTablesBeginning =
        began.isPresent()
            && created.isPresent()
            && !began.get().isAfter(created.get().plus(TOGETHER))
            && !began.get().isBefore(created.get().minus(TOGETHER))
            && first.get().firstSeen().isBefore(began.get().plus(KEPT))
            && ReadingStart.noted(store, lake, table)
                .filter(start -> start.notBefore().isAfter(began.get()))
                .isEmpty();
    if (!fromTheTablesBeginning) {
      throw new Failure(
          "The lake does not tell what table '"
              + table
              + "' held before its first change was read, and no snapshot is from "
              + at
              + " or before. Name a moment after a snapshot ('afterbay snapshot' takes one), or, if the table was empty then, add --from-changes-alone");
    }
    if (at.isBefore(began.get().minus(TOGETHER))) {
      throw new Failure(
          "At " + at + " table '" + table + "' did not exist: the lake begins at " + began.get());
    }
  }

  private Optional<StreamLedger> first(TableName table) {
    return StreamLedger.all(store, lake, table).stream()
        .min((one, other) -> one.stream().compareTo(other.stream()));
  }

  private static Optional<Instant> time(StreamLabel label) {
    try {
      return Optional.of(LocalDateTime.parse(label.value()).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * What a gap took is unknown from its beginning on, until an export tells: one that it was healed
   * by, which knows the end of the gap and not its inside, or that of a snapshot after it.
   */
  private void requireNoGap(LakeSide side) {
    RecordedGap.All all = RecordedGap.readAll(store, lake, side.table());
    if (!all.problems().isEmpty()) {
      throw new Failure(String.join("; ", all.problems()) + "; run fsck");
    }
    Set<RecordedGap> open = new HashSet<>(Healing.openOf(store, lake, all.gaps()));
    for (RecordedGap gap : all.gaps()) {
      Instant from = gap.gap().from();
      Instant until = gap.gap().until();
      boolean within = !side.moment().isBefore(from) && side.moment().isBefore(until);
      boolean after = !side.moment().isBefore(until);
      boolean forgotten = side.base().filter(base -> !base.isBefore(until)).isPresent();
      if (within || after && open.contains(gap) && !forgotten) {
        throw new Failure(
            "%s lies %s the gap %s of shard %s, from %s to %s: what was changed in it is not known%s"
                .formatted(
                    side.moment(),
                    within ? "in" : "after",
                    gap.gap().reason(),
                    gap.shard().shard(),
                    from,
                    until,
                    open.contains(gap)
                        ? "; 'afterbay heal' tells of moments after it, and moments before it can be restored"
                        : "; moments before and after it can be restored"));
      }
    }
  }

  private void requireNothingSetAside(LakeSide side) {
    List<QuarantineQuery.Group> waiting =
        quarantine.groups(side.table()).stream()
            .filter(group -> group.records() > group.reprocessed())
            .filter(group -> !group.first().isAfter(side.moment()))
            .filter(group -> side.since().filter(group.last()::isBefore).isEmpty())
            .toList();
    if (!waiting.isEmpty()) {
      QuarantineQuery.Group first = waiting.get(0);
      throw new Failure(
          "%d records of table '%s' are in quarantine (%s), and what they say is not in the state; 'afterbay quarantine reprocess' puts them where they belong"
              .formatted(
                  waiting.stream().mapToLong(group -> group.records() - group.reprocessed()).sum(),
                  side.table(),
                  first.reason()));
    }
  }
}
