package dev.afterbay.reconciliation.heal;

import dev.afterbay.transforms.change.TableName;
import java.time.Instant;

/** How far a table's point-in-time recovery reaches, which is how far exports can. */
@FunctionalInterface
public interface Restorable {
  /**
   * Asks for the reach of a table.
   *
   * @throws dev.afterbay.reconciliation.export.ExportException if there is no answer
   */
  Reach of(TableName table);

  /** What point-in-time recovery can bring back. */
  sealed interface Reach {
    /** Nothing: it is switched off. */
    record Off() implements Reach {}

    /** Every second between two moments. */
    record Between(Instant earliest, Instant latest) implements Reach {}
  }
}
