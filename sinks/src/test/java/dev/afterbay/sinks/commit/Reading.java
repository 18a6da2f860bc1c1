package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One shard from its first record to its end, as a process reads it.
 *
 * @param shard that is read
 * @param parent that it continues, which is read before it; empty if it continues none
 * @param records all of them
 * @param gapBefore the record before which others are gone for good; empty if none are
 */
record Reading(
    StreamShard shard,
    Optional<ShardId> parent,
    List<ChangeEvent> records,
    Optional<SequenceNumber> gapBefore) {
  private static final StreamShard PARENT = ShardFeed.shard("shardId-1");
  private static final StreamShard CHILD = ShardFeed.shard("shardId-2");

  /** One shard with so many records. */
  static List<Reading> oneShard(int records) {
    return List.of(
        new Reading(PARENT, Optional.empty(), ShardFeed.records(records), Optional.empty()));
  }

  /** One shard with so many records, then as many that are gone, then so many more. */
  static List<Reading> shardWithGap(int before, int lost, int after) {
    int first = before + lost + 1;
    return List.of(
        new Reading(
            PARENT,
            Optional.empty(),
            IntStream.rangeClosed(1, before + lost + after)
                .filter(number -> number <= before || number >= first)
                .mapToObj(ShardFeed::record)
                .toList(),
            Optional.of(ShardFeed.sequenceNumber(first))));
  }

  /** A shard and its child, each with so many records. */
  static List<Reading> parentAndChild(int parentsRecords, int childsRecords) {
    return List.of(
        new Reading(PARENT, Optional.empty(), ShardFeed.records(parentsRecords), Optional.empty()),
        new Reading(
            CHILD,
            Optional.of(PARENT.shard()),
            IntStream.rangeClosed(parentsRecords + 1, parentsRecords + childsRecords)
                .mapToObj(ShardFeed::record)
                .toList(),
            Optional.empty()));
  }
}
