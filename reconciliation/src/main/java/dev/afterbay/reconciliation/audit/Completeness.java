package dev.afterbay.reconciliation.audit;

import dev.afterbay.transforms.change.TableName;
import java.time.Instant;

/** Tells how far a table is in the lake. */
@FunctionalInterface
public interface Completeness {
  /** Whether every change up to a moment is in the lake. */
  Progress towards(TableName table, Instant moment);

  /** How far it is. */
  sealed interface Progress {
    /** The lake is past the moment. */
    record Reached() implements Progress {}

    /**
     * It is not, or it cannot be said.
     *
     * @param where in a sentence without a full stop
     */
    record Behind(String where) implements Progress {}
  }
}
