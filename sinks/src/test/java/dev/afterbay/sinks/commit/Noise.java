package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import java.util.Map;
import java.util.SplittableRandom;

/** Records that no compression makes small. */
final class Noise {
  private static final int TEXT_LENGTH = 300_000;

  private Noise() {}

  /** Feeds records within one hour until the segment has so many bytes. */
  static void feed(Segment segment, long bytes) {
    SplittableRandom random = new SplittableRandom(11);
    for (int number = 1; segment.bytes() < bytes; number++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < TEXT_LENGTH; i++) {
        text.append((char) random.nextInt('#', '['));
      }
      ChangeEvent like = ShardFeed.record(1);
      ChangeEvent record =
          new ChangeEvent(
              Operation.INSERT,
              like.approximateCreation(),
              ShardFeed.sequenceNumber(number),
              "event-" + number,
              false,
              like.keys(),
              Image.of(new Item(Map.of("text", new Value.S(text.toString())))),
              null);
      if (ShardFeed.feed(segment, record).isEmpty()) {
        throw new IllegalArgumentException("Record " + number + " is there already");
      }
    }
  }
}
