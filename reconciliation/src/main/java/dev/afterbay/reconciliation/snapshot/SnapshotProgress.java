package dev.afterbay.reconciliation.snapshot;

import dev.afterbay.reconciliation.export.DataFile;
import dev.afterbay.reconciliation.export.ExportProgress;
import dev.afterbay.reconciliation.export.ExportStatus;

/** Who wants to hear how a snapshot comes along; of its files when they are verified. */
public interface SnapshotProgress extends ExportProgress {
  /** So many items are to be brought in now, those included that are in the lake already. */
  void expect(long items);

  /** So many more items are in the lake. */
  void brought(long items);

  /** Nobody. */
  static SnapshotProgress none() {
    return new SnapshotProgress() {
      @Override
      public void started(String exportArn) {}

      @Override
      public void resumed(String exportArn) {}

      @Override
      public void polled(String exportArn, ExportStatus status) {}

      @Override
      public void read(DataFile file, int number, int files, long bytes) {}

      @Override
      public void expect(long items) {}

      @Override
      public void brought(long items) {}
    };
  }
}
