package dev.afterbay.local.demo;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on standard error what is being done: with bars for a person, with lines for a file. */
public final class Screen {
  private static final int WIDTH = 100;
  private static final int REFRESH_MILLIS = 200;

  private final PrintStream err;
  private final boolean bars;

  private Screen(PrintStream err, boolean bars) {
    this.err = err;
    this.bars = bars;
  }

  public static Screen bars(PrintStream err) {
    return new Screen(err, true);
  }

  public static Screen lines(PrintStream err) {
    return new Screen(err, false);
  }

  /** Shows one line. */
  public void say(String line) {
    err.println(line);
  }

  /** Shows the progress of an action that reports how much of a whole is done. */
  public void during(String task, long whole, Action action) {
    if (!bars) {
      err.println(task);
      action.run(new Quarters(whole)::report);
      return;
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(whole)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REFRESH_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
            .build()) {
      action.run(
          done -> {
            bar.maxHint(Math.max(whole, done));
            bar.stepTo(done);
          });
    }
  }

  /** Says each quarter of a long task once. */
  private final class Quarters {
    private static final int WORTH_SAYING = 100;
    private final long whole;
    private final AtomicLong said = new AtomicLong();

    Quarters(long whole) {
      this.whole = whole;
    }

    void report(long done) {
      long quarter = whole < WORTH_SAYING ? 0 : 4 * done / whole;
      if (said.getAndAccumulate(quarter, Math::max) < quarter) {
        err.printf("  %,d of %,d%n", done, whole);
      }
    }
  }

  /** Does something and reports progress. */
  public interface Action {
    /** Does it; the progress may be told from any thread. */
    void run(LongConsumer progress);
  }
}
