package dev.afterbay.consumer.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on stderr, of one task after the other, if somebody looks. From any thread. */
final class TaskBar implements AutoCloseable {
  private volatile @Nullable ProgressBar bar;

  /**
   * Shows another task in the place of the one before.
   *
   * @param all its steps; negative if nobody knows
   * @return whether somebody looks
   */
  boolean show(String task, long all) {
    return show(new ProgressBarBuilder().setTaskName(task).setInitialMax(all));
  }

  /** Shows another task, whose steps are bytes. */
  void showBytes(String task, long all) {
    show(new ProgressBarBuilder().setTaskName(task).setInitialMax(all).setUnit(" MiB", 1 << 20));
  }

  private boolean show(ProgressBarBuilder task) {
    close();
    if (System.console() == null) {
      return false;
    }
    bar =
        task.setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build();
    return true;
  }

  boolean isShown() {
    return bar != null;
  }

  void step(long by) {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.stepBy(by);
    }
  }

  /** Lets it tell that something is still going on. */
  void refresh() {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.refresh();
    }
  }

  /** Begins the task anew, with another number of steps. */
  void restart(long all) {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.reset();
      shown.maxHint(all);
    }
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    ProgressBar shown = bar;
    bar = null;
    if (shown != null) {
      shown.close();
    }
  }
}
