package dev.afterbay.consumer.cli;

import dev.afterbay.reconciliation.restore.RestoreProgress;
import java.io.PrintWriter;

/** Shows on stderr how a restore comes along: in words, and as a bar if somebody looks. */
final class RestoreBar implements RestoreProgress, AutoCloseable {
  private final PrintWriter err;
  private final TaskBar bar = new TaskBar();

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
    bar.step(1);
  }

  @Override
  public void writing(long items) {
    show("Writing", items);
  }

  @Override
  public void wrote(long items) {
    bar.step(items);
  }

  @Override
  public void close() {
    bar.close();
  }

  /** Takes the bar away. */
  void done() {
    bar.close();
  }

  private void show(String task, long items) {
    if (!bar.show(task, items)) {
      err.println(task + " " + items + " items");
    }
  }
}
