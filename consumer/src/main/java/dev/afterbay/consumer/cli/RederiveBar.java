package dev.afterbay.consumer.cli;

import dev.afterbay.sinks.derive.DeriveProgress;

/** Shows on stderr how a derivation goes through the commits, if somebody looks. */
final class RederiveBar implements DeriveProgress, AutoCloseable {
  private final TaskBar bar = new TaskBar();

  @Override
  public void expect(long commits) {
    if (bar.isShown()) {
      // A later pass, of what has come meanwhile.
      bar.restart(commits);
    } else {
      bar.show("Rederiving commits", commits);
    }
  }

  @Override
  public void lookedAt(long commits) {
    bar.step(commits);
  }

  @Override
  public void close() {
    bar.close();
  }
}
