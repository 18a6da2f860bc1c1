package dev.afterbay.consumer.catalog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A timer whose time passes when it is told to; what is due at once runs at once. */
final class ManualTimer implements Timer {
  private record Task(Duration at, Runnable run) {}

  private final List<Task> tasks = new ArrayList<>();
  private Duration now = Duration.ZERO;
  private boolean held;

  /** What is due at once waits too, until time passes. */
  void hold() {
    held = true;
  }

  /** Runs what is due until then, in order. */
  void pass(Duration duration) {
    held = false;
    Duration until = now.plus(duration);
    while (true) {
      Task next =
          tasks.stream()
              .filter(task -> task.at().compareTo(until) <= 0)
              .min((one, other) -> one.at().compareTo(other.at()))
              .orElse(null);
      if (next == null) {
        now = until;
        return;
      }
      tasks.remove(next);
      now = next.at();
      next.run().run();
    }
  }

  @Override
  public void after(Duration delay, Runnable task) {
    if (delay.isZero() && !held) {
      task.run();
    } else {
      tasks.add(new Task(now.plus(delay), task));
    }
  }

  @Override
  public void close() {
    tasks.clear();
  }
}
