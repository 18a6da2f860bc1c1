package dev.afterbay.consumer.cli;

import dev.afterbay.reconciliation.export.DataFile;
import dev.afterbay.reconciliation.export.ExportStatus;
import dev.afterbay.reconciliation.snapshot.SnapshotProgress;
import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows on stderr how a snapshot goes on: its export in words, the rest if somebody looks. */
final class SnapshotBar implements SnapshotProgress, AutoCloseable {
  /** DynamoDB does not tell how far it is. */
  private static final long UNKNOWN = -1;

  private final PrintWriter err;
  private @Nullable ProgressBar bar;

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
      close();
    } else if (bar == null) {
      show("DynamoDB exports", UNKNOWN);
    } else {
      bar.refresh();
    }
  }

  @Override
  public void read(DataFile file, int number, int files, long bytes) {
    if (number == 1) {
      show("Verifying files", files);
    }
    step(1);
  }

  @Override
  public void expect(long items) {
    show("Bringing in items", items);
  }

  @Override
  public void brought(long items) {
    step(items);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private void step(long by) {
    if (bar != null) {
      bar.stepBy(by);
    }
  }

  private void show(String task, long all) {
    close();
    if (System.console() == null) {
      return;
    }
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(all)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build();
  }
}
