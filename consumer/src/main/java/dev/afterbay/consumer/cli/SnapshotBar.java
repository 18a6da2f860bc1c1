package dev.afterbay.consumer.cli;

import dev.afterbay.reconciliation.export.DataFile;
import dev.afterbay.reconciliation.export.ExportStatus;
import dev.afterbay.reconciliation.snapshot.SnapshotProgress;
import java.io.PrintWriter;

/** Shows on stderr how a snapshot goes on: its export in words, the rest if somebody looks. */
final class SnapshotBar implements SnapshotProgress, AutoCloseable {
  /** DynamoDB does not tell how far it is. */
  private static final long UNKNOWN = -1;

  private final PrintWriter err;
  private final TaskBar bar = new TaskBar();

  SnapshotBar(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void started(String exportArn) {
    err.println("Started export " + exportArn);
  }

  @Override
  public void resumed(String exportArn) {
    err.println("Going on with export " + exportArn);
  }

  @Override
  public void polled(String exportArn, ExportStatus status) {
    if (!(status instanceof ExportStatus.InProgress)) {
      bar.close();
    } else if (!bar.isShown()) {
      bar.show("DynamoDB exports", UNKNOWN);
    } else {
      bar.refresh();
    }
  }

  @Override
  public void read(DataFile file, int number, int files, long bytes) {
    if (number == 1) {
      bar.show("Verifying files", files);
    }
    bar.step(1);
  }

  @Override
  public void expect(long items) {
    bar.show("Bringing in items", items);
  }

  @Override
  public void brought(long items) {
    bar.step(items);
  }

  @Override
  public void close() {
    bar.close();
  }
}
