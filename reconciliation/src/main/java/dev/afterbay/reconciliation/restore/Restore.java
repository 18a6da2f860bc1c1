package dev.afterbay.reconciliation.restore;

import dev.afterbay.reconciliation.restore.RestoreNotes.Begun;
import dev.afterbay.reconciliation.restore.RestoreNotes.Verified;
import dev.afterbay.reconciliation.restore.RestoreSummary.Difference;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tocatalog.Pause;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A table filled with the state of another one at a moment, and verified.
 *
 * <p>It can be killed at any time and repeated:
 *
 * <ol>
 *   <li>What would be overwritten is refused: a table that holds anything and was not begun by a
 *       restore to the same moment.
 *   <li>The table is made, and the lake notes what it is going to hold, under the identity that
 *       DynamoDB gave to it.
 *   <li>The table is compared with the state, and what it lacks is put. A put is the same however
 *       often it is done.
 *   <li>The table is compared again. If nothing differs, the lake notes that it was verified: from
 *       then on it belongs to whoever uses it, and nothing is put into it any more.
 * </ol>
 */
public final class Restore {
  private final RestoreNotes notes;
  private final TableName table;
  private final TargetTable target;
  private final Begun wanted;
  private final Tempo tempo;

  /**
   * How fast, and by which clock.
   *
   * @param unitsPerSecond write units in a second
   */
  public record Tempo(int unitsPerSecond, InstantSource clock, Pause pause) {}

  /**
   * The restore of a table; nothing is read yet.
   *
   * @param table the source table
   * @param at the moment, to the second
   * @param without names of attributes that are left out
   */
  public Restore(
      ObjectStore store,
      Lake lake,
      TableName table,
      TargetTable target,
      Instant at,
      Set<String> without,
      Tempo tempo) {
    this.notes = new RestoreNotes(store, lake, table);
    this.table = table;
    this.target = target;
    this.wanted = new Begun(at, without);
    this.tempo = tempo;
  }

  /**
   * Refuses what would be lost or mixed; nothing is changed.
   *
   * @throws RestoreException if the table is not new, and not one that this restore has begun
   */
  public void require() {
    Optional<String> id = target.id();
    if (id.isEmpty()) {
      return;
    }
    Optional<Begun> begun = notes.begun(target.name(), id.get());
    if (begun.isPresent()) {
      refuseOther(begun.get());
      refuseVerified(id.get());
    } else if (!target.isEmpty()) {
      throw new RestoreException(
          "Table '"
              + target.name()
              + "' holds items that no restore of '"
              + table
              + "' put there; name a table that does not exist yet");
    }
  }

  /**
   * Fills the table and compares it with the state.
   *
   * @param worked works out the state; asked once
   * @throws RestoreException if it is refused or cannot go on
   */
  public RestoreSummary run(Supplier<PastState> worked, RestoreProgress progress) {
    Instant started = tempo.clock().instant();
    require();
    progress.reading();
    try (PastState state = worked.get()) {
      String id = target.id().orElseGet(target::create);
      refuseOther(notes.begin(target.name(), id, wanted, tempo.clock().instant()));
      Difference before = compare(state, progress);
      refuseForeign(before);
      long written = write(state, before, progress);
      Difference after = written == 0 ? before : compare(state, progress);
      if (after.none()) {
        notes.verified(target.name(), id, new Verified(state.items(), tempo.clock().instant()));
      }
      return new RestoreSummary(
          table,
          target.name(),
          wanted.at(),
          wanted.without(),
          state.items(),
          written,
          after,
          Duration.between(started, tempo.clock().instant()));
    }
  }

  private long write(PastState state, Difference before, RestoreProgress progress) {
    progress.writing(before.missing() + before.different());
    WriteRate rate = new WriteRate(tempo.unitsPerSecond(), tempo.clock(), tempo.pause());
    try (Writing writing = new Writing(target, rate, tempo.pause(), progress)) {
      state.eachLacking(writing::add);
      return writing.end();
    }
  }

  private Difference compare(PastState state, RestoreProgress progress) {
    progress.comparing(state.items());
    return state.compare(
        taker ->
            target.each(
                item -> {
                  taker.accept(item);
                  progress.compared();
                }));
  }

  private void refuseOther(Begun begun) {
    if (!begun.equals(wanted)) {
      throw new RestoreException(
          "Table '%s' is being filled with '%s' at %s%s, and two states must not be mixed; repeat that restore, or name another table"
              .formatted(
                  target.name(),
                  table,
                  begun.at(),
                  begun.without().isEmpty() ? "" : " without " + begun.without()));
    }
  }

  private void refuseVerified(String id) {
    Optional<Verified> verified = notes.verified(target.name(), id);
    if (verified.isPresent()) {
      throw new RestoreException(
          "Table '%s' was restored to %s and verified at %s: it is in use, and nothing is put into it any more; name another table"
              .formatted(target.name(), wanted.at(), verified.get().verifiedAt()));
    }
  }

  private void refuseForeign(Difference before) {
    if (before.foreign() > 0) {
      throw new RestoreException(
          "Table '%s' holds %d items that '%s' did not have at %s: somebody else writes to it; name another table"
              .formatted(target.name(), before.foreign(), table, wanted.at()));
    }
  }
}
