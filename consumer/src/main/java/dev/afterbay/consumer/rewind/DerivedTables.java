package dev.afterbay.consumer.rewind;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.sinks.commit.Rewinder;
import dev.afterbay.sinks.commit.ShardHistory;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.derive.DeriveLog;
import dev.afterbay.sinks.generations.Generation;
import dev.afterbay.sinks.generations.GenerationNotes;
import dev.afterbay.sinks.generations.Generations;
import dev.afterbay.sinks.rewind.Cut;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The typed tables that were made anew of the raw changes. What they have by derivation stands in
 * logs of their own, which no replay takes back: read again, it would be there twice.
 */
final class DerivedTables {
  private final Map<String, Generations> entities;
  private final Rewinder rewinder;
  private final TableName table;

  /** Those of a table as they are noted now. */
  DerivedTables(ObjectStore store, Lake lake, Rewinder rewinder, TableName table) {
    this.entities = new GenerationNotes(store, lake).of(table);
    this.rewinder = rewinder;
    this.table = table;
  }

  /**
   * Refuses a table of which a typed table is being made anew: it may be about to derive what is to
   * be taken back.
   */
  void refuseIfBuilding() {
    entities.forEach(
        (entity, generations) -> {
          if (generations.building().isPresent()) {
            throw new Failure(
                "Typed table '"
                    + entity
                    + "' of "
                    + table
                    + " is being made anew: let 'afterbay rederive --entity "
                    + entity
                    + "' come to its end"
                    + TableRewind.WAY_OUT);
          }
        });
  }

  /** Refuses a cut before the end of what was derived of its log. */
  void refuseIfBehind(Cut cut) {
    List<Generation> all =
        entities.values().stream().map(Generations::all).flatMap(Collection::stream).toList();
    for (Generation generation : all) {
      ShardHistory derived =
          rewinder.read(DeriveLog.nameOf(cut.history().shard(), generation.folder()));
      derived.live().stream()
          .reduce((earlier, later) -> later)
          .filter(last -> last.last().isAfter(cut.position().orElse(Entry.START)))
          .ifPresent(
              last -> {
                throw new Failure(
                    "The typed table '"
                        + generation.entity()
                        + "' of "
                        + table
                        + " was made anew of the raw changes of "
                        + cut.history().shard()
                        + " up to "
                        + last.cursor().latest()
                        + " ('afterbay rederive'): what it has of them would be there twice"
                        + TableRewind.WAY_OUT);
              });
    }
  }
}
