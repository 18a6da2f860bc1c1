package dev.afterbay.consumer.erasing;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.sinks.check.Damage;
import dev.afterbay.sinks.check.Finding;
import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.check.LakeReport;
import dev.afterbay.sinks.generations.Generation;
import dev.afterbay.sinks.generations.GenerationNotes;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.snapshots.SnapshotNotes;
import dev.afterbay.sinks.tocatalog.Pause;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.util.Optional;

/** Whether the lake of a table is fit to be changed. What stands in the way is refused by name. */
final class Fitness {
  /** A worker makes visible at once what it has committed. */
  private static final int MOST_LOOKS = 20;

  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final ObjectStore store;
  private final Lake lake;
  private final TableName table;
  private final Pause pause;

  Fitness(ObjectStore store, Lake lake, TableName table, Pause pause) {
    this.store = store;
    this.lake = lake;
    this.table = table;
    this.pause = pause;
  }

  /**
   * Refuses a lake that is damaged, in which something is under way that an erasure would disturb,
   * or that has files which cannot be seen yet.
   *
   * @throws Failure with the reason and the way out
   */
  void require() {
    refuseUnfinished();
    for (int looks = 1; ; looks++) {
      LakeReport report = new LakeCheck(store, lake).check(table);
      refuseDamage(report);
      if (report.pending().isEmpty()) {
        return;
      }
      if (looks == MOST_LOOKS) {
        throw new Failure(
            "A commit of table '"
                + table
                + "' is not visible yet, and what cannot be read cannot be erased: "
                + report.pending().get(0)
                + ". Let a worker run, which publishes it, then repeat the command");
      }
      rest();
    }
  }

  /** A file that no log names can be read and rewritten like any other. */
  private void refuseDamage(LakeReport report) {
    Optional<Finding> damage =
        report.findings().stream()
            .filter(finding -> finding.damage() != Damage.STRAY_FILE)
            .findFirst();
    if (damage.isPresent()) {
      throw new Failure(
          "The lake of table '"
              + table
              + "' is damaged, and what cannot be read cannot be erased: "
              + damage.get().key()
              + ": "
              + damage.get().detail()
              + ". Run fsck, and fsck --restore, then repeat the command");
    }
  }

  /** What was begun counts rows of files, or reads an export, that an erasure changes. */
  private void refuseUnfinished() {
    new GenerationNotes(store, lake)
        .of(table)
        .forEach(
            (entity, generations) -> {
              Optional<Generation> building = generations.building();
              if (building.isPresent()) {
                throw new Failure(
                    "Typed table '"
                        + entity
                        + "' of "
                        + table
                        + " is being made anew, and counts the rows that it has read: let"
                        + " 'afterbay rederive --entity "
                        + entity
                        + "' come to its end, then repeat the command");
              }
            });
    if (new SnapshotNotes(store, lake).unfinished(table).isPresent()) {
      throw new Failure(
          "A snapshot of table '"
              + table
              + "' was begun and is not complete, and an erasure deletes its export: let"
              + " 'afterbay snapshot' come to its end, then repeat the command");
    }
  }

  private void rest() {
    try {
      pause.rest(BETWEEN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("The command was interrupted before anything was changed", e);
    }
  }
}
