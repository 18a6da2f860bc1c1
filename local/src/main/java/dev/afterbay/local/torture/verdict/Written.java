package dev.afterbay.local.torture.verdict;

import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;

/**
 * A record as it was appended to the stream.
 *
 * @param key its keys as compact JSON
 * @param images the digest of its images, see {@link Images}
 */
public record Written(
    StreamShard shard, SequenceNumber number, String key, String operation, String images) {}
