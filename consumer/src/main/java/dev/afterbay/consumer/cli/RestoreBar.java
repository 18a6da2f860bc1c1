package dev.afterbay.consumer.cli;

import dev.afterbay.reconciliation.restore.RestoreProgress;
import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows on stderr how a restore comes along: in words, and as a bar if somebody looks. */
final class RestoreBar implements RestoreProgress, AutoCloseable {
  private final PrintWriter err;
  private volatile @Nullable ProgressBar bar;

  RestoreBar(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void reading() {
    err.println("Reading the lake");
  }

  @Override
  public void comparing(long items) {
    show("Comparing", items);
  }

  @Override
  public void compared() {
    step(1);
  }

  @Override
  public void writing(long items) {
    show("Writing", items);
  }

  @Override
  public void wrote(long items) {
    step(items);
  }

  @Override
  public void close() {
    done();
  }

  /** Takes the bar away. */
  void done() {
    ProgressBar shown = bar;
    bar = null;
    if (shown != null) {
      shown.close();
    }
  }

  private void step(long by) {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.stepBy(by);
    }
  }

  private void show(String task, long all) {
    done();
    if (System.console() == null) {
      err.println(task + " " + all + " items");
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
