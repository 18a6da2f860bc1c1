package dev.afterbay.consumer.cli;

import dev.afterbay.consumer.query.Progress;

/** Shows on stderr how a download goes on, if somebody looks. */
final class DownloadBar implements Progress, AutoCloseable {
  private final TaskBar bar = new TaskBar();

  @Override
  public void expect(long files, long bytes) {
    bar.showBytes("Fetching " + files + (files == 1 ? " file" : " files"), bytes);
  }

  @Override
  public void arrived(long bytes) {
    bar.step(bytes);
  }

  @Override
  public void close() {
    bar.close();
  }
}
