package dev.afterbay.local.torture.verdict;

import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;

/**
 * A row of the typed table, of which each row of the changes has one.
 *
 * @param key its keys as compact JSON
 */
public record Twin(StreamShard shard, SequenceNumber number, String key) {}
