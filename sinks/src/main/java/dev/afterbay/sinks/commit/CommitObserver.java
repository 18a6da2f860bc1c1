package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.protocol.CommitId;
import dev.afterbay.transforms.change.StreamShard;

/** Is told when commits begin. Called from many threads at once; must return at once. */
@FunctionalInterface
public interface CommitObserver {
  /** Watches nothing. */
  CommitObserver NONE = (shard, id) -> CommitWatch.NONE;

  /** A commit begins; what comes of it is told to the watch, by the same thread. */
  CommitWatch begins(StreamShard shard, CommitId id);
}
