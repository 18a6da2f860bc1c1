package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.segment.Tallies;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import java.time.Instant;
import java.util.Optional;

/**
 * What a shard's log tells about it.
 *
 * @param shard that the log is of
 * @param parent that it continues; empty if it continues none that we read
 * @param epoch how often the log was rewound
 * @param state whether more is to come
 * @param position of the last committed record; empty if there is none
 * @param records in the log
 * @param commits in the log
 * @param from the {@code cdc_time} of the first record; empty if there is none
 * @param tallies what was counted beside the records
 * @param to the {@code cdc_time} up to which the lineage is in the lake
 * @param lastCommit when it was made, by its writer's clock
 */
public record ShardStatus(
    StreamShard shard,
    Optional<ShardId> parent,
    int epoch,
    State state,
    Optional<SequenceNumber> position,
    long records,
    long commits,
    Optional<Instant> from,
    Tallies tallies,
    Instant to,
    Instant lastCommit) {
  /** Whether more is to come. */
  public enum State {
    /** The shard goes on. */
    OPEN,
    /** The log has ended. */
    ENDED
  }
}
