package dev.afterbay.local.torture.verdict;

import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.util.Optional;

/**
 * A row as it stands in a file of the lake.
 *
 * @param line the row's place in the file
 * @param content what it tells; nothing is told of a record that was set aside raw
 */
public record Found(
    String file, long line, StreamShard shard, SequenceNumber number, Optional<Content> content) {

  /**
   * What a row of the changes tells.
   *
   * @param key its keys as compact JSON
   * @param micros its {@code cdc_time}
   * @param images the digest of its images, see {@link Images}
   */
  public record Content(String key, String operation, long micros, String images) {}
}
