package dev.afterbay.local.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The part of all partition keys that a shard takes, as a range of their hashes.
 *
 * @param from the first hash
 * @param to the hash behind the last one
 */
record KeyRange(long from, long to) {
  private static final KeyRange ALL = new KeyRange(0, 1L << 32);

  static List<KeyRange> parts(int count) {
    return ALL.split(count);
  }

  List<KeyRange> split(int count) {
    if (count < 1 || to - from < count) {
      throw new IllegalArgumentException(
          "%d keys cannot be split into %d parts".formatted(to - from, count));
    }
    List<KeyRange> parts = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      parts.add(new KeyRange(from + (to - from) * i / count, from + (to - from) * (i + 1) / count));
    }
    return parts;
  }

  boolean holds(AttributeValue partitionKey) {
    long hash = hash(partitionKey);
    return hash >= from && hash < to;
  }

  private static long hash(AttributeValue key) {
    byte[] bytes =
        switch (key.type()) {
          case S -> key.s().getBytes(StandardCharsets.UTF_8);
          case N -> key.n().getBytes(StandardCharsets.UTF_8);
          case B -> key.b().asByteArrayUnsafe();
          default -> new byte[0];
        };
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
