package dev.afterbay.consumer.cli;

import dev.afterbay.consumer.query.Progress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows on stderr how a download goes on, if somebody looks. */
final class DownloadBar implements Progress, AutoCloseable {
  private volatile @Nullable ProgressBar bar;

  @Override
  public void expect(long files, long bytes) {
    if (System.console() == null) {
      return;
    }
    bar =
        new ProgressBarBuilder()
            .setTaskName("Fetching " + files + (files == 1 ? " file" : " files"))
            .setInitialMax(bytes)
            .setUnit(" MiB", 1 << 20)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build();
  }

  @Override
  public void arrived(long bytes) {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.stepBy(bytes);
    }
  }

  @Override
  public void close() {
    ProgressBar shown = bar;
    bar = null;
    if (shown != null) {
      shown.close();
    }
  }
}
