package dev.afterbay.local.stream;

import dev.afterbay.transforms.change.ShardId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * Where a shard iterator stands; the iterator itself is its text.
 *
 * @param ordinal of the record that is read next
 * @param issued when the iterator was given
 * @param reads how many reads led from GetShardIterator to this iterator
 */
record Place(String streamArn, ShardId shard, long ordinal, Instant issued, long reads) {
  private static final String VERSION = "|1|";

  /** Reads an iterator; anything else is refused. */
  static Place parse(String iterator) {
    try {
      int bar = iterator.indexOf(VERSION);
      String text =
          new String(
              Base64.getDecoder().decode(iterator.substring(bar + VERSION.length())),
              StandardCharsets.UTF_8);
      List<String> parts = List.of(text.split(" ", 4));
      return new Place(
          iterator.substring(0, bar),
          new ShardId(parts.get(0)),
          Long.parseLong(parts.get(1)),
          Instant.ofEpochMilli(Long.parseLong(parts.get(2))),
          Long.parseLong(parts.get(3)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new RefusedException(Fault.Refusal.invalid("Invalid ShardIterator."));
    }
  }

  /** The iterator. */
  String text() {
    String place = shard + " " + ordinal + " " + issued.toEpochMilli() + " " + reads;
    return streamArn
        + VERSION
        + Base64.getEncoder().encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  Place next(long records, Instant now) {
    return new Place(streamArn, shard, ordinal + records, now, reads + 1);
  }

  boolean expired(Instant now, StreamSettings settings) {
    Duration age = Duration.between(issued, now);
    return age.compareTo(settings.iteratorAge()) > 0 || reads >= settings.iteratorReads();
  }
}
