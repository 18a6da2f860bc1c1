package dev.afterbay.reconciliation.snapshot;

import dev.afterbay.sinks.snapshots.CompleteSnapshot;
import java.util.List;

/** How far a snapshot is, when a process has done its share. */
public sealed interface Taken {
  /**
   * Every item is in the lake.
   *
   * @param snapshot as its note says
   * @param files of the export
   */
  record Complete(CompleteSnapshot snapshot, int files) implements Taken {}

  /**
   * It was complete before; nothing was done.
   *
   * @param snapshot as its note says
   * @param files of the export
   */
  record Already(CompleteSnapshot snapshot, int files) implements Taken {}

  /**
   * The share is in the lake, but not all of the others.
   *
   * @param export its ARN
   * @param slice that is done
   * @param items of the slice
   * @param files of the slice
   * @param others the slices that are not done yet
   */
  record Partly(String export, Slice slice, long items, int files, List<Integer> others)
      implements Taken {
    /** Copies the list. */
    public Partly {
      others = List.copyOf(others);
    }
  }
}
