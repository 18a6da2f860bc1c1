package dev.afterbay.sinks.rewind;

import dev.afterbay.sinks.commit.Rewinder;
import dev.afterbay.sinks.commit.ShardHistory;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.transforms.change.StreamShard;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Carries a plan out, whatever becomes of the process: (1) begin each cut, children before their
 * parents; (2) complete each, and what an earlier process has begun. What is begun nobody opens: so
 * nobody opens a child on the ground of an end that is about to go, and no file is set aside before
 * all is decided. A process that comes later finds what is begun and makes the rest of the same
 * plan.
 */
public final class LogRewind {
  /** Each change is a commit of a worker; so many in a row are no stragglers. */
  private static final int MOST_ATTEMPTS = 20;

  private final Rewinder rewinder;
  private final Consumer<StreamShard> progress;

  /**
   * A way to carry plans out.
   *
   * @param progress is told of each log that is completed
   */
  public LogRewind(Rewinder rewinder, Consumer<StreamShard> progress) {
    this.rewinder = rewinder;
    this.progress = progress;
  }

  /**
   * What is to be done.
   *
   * @param plan of the logs as they are now
   * @param unfinished logs of which a rewind was begun and is not complete
   */
  public record Task(RewindPlan plan, List<ShardHistory> unfinished) {
    /** Copies the list. */
    public Task {
      unfinished = List.copyOf(unfinished);
    }
  }

  /**
   * Carries out what is to be done.
   *
   * @param task reads the logs and plans; asked again if they have changed meanwhile
   * @return the cuts that were made
   * @throws LakeException if it is refused, or workers commit without end
   */
  public List<Cut> run(Supplier<Task> task) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Task now = task.get();
      if (begin(now)) {
        List<StreamShard> begun = new ArrayList<>();
        now.plan().cuts().forEach(cut -> begun.add(cut.history().shard()));
        now.unfinished().stream()
            .map(ShardHistory::shard)
            .filter(shard -> !begun.contains(shard))
            .forEach(begun::add);
        for (StreamShard shard : begun) {
          rewinder.complete(shard);
          progress.accept(shard);
        }
        return now.plan().cuts();
      }
    }
    throw new LakeException(
        "Workers commit to the logs that are to be rewound; stop them, then repeat the command");
  }

  private boolean begin(Task task) {
    for (Cut cut : task.plan().cuts()) {
      ShardHistory history = cut.history();
      if (task.unfinished().contains(history)) {
        if (cut.tail().isEmpty()) {
          continue;
        }
        // An earlier process went less far back; its work comes first.
        rewinder.complete(history.shard());
        return false;
      }
      if (rewinder.begin(history, cut.kept(), cut.parent(), cut.latest())
          == Rewinder.Begun.CHANGED) {
        return false;
      }
    }
    return true;
  }
}
