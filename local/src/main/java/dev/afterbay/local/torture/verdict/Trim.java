package dev.afterbay.local.torture.verdict;

import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;

/**
 * Records that were taken away from a shard before anybody had read them.
 *
 * @param to the last of them
 */
public record Trim(StreamShard shard, SequenceNumber to) {}
