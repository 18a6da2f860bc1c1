package dev.afterbay.consumer.cli;

import dev.afterbay.sinks.derive.DeriveProgress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows on stderr how a derivation goes through the commits, if somebody looks. */
final class RederiveBar implements DeriveProgress, AutoCloseable {
  private @Nullable ProgressBar bar;

  @Override
  public void expect(long commits) {
    if (System.console() == null) {
      return;
    }
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("Rederiving commits")
              .setInitialMax(commits)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .build();
    } else {
      // A later pass, of what has come meanwhile.
      bar.reset();
      bar.maxHint(commits);
    }
  }

  @Override
  public void lookedAt(long commits) {
    if (bar != null) {
      bar.stepBy(commits);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
