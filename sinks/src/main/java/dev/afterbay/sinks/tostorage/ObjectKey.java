package dev.afterbay.sinks.tostorage;

import java.nio.charset.StandardCharsets;

/**
 * The key of one object in a bucket.
 *
 * @param value 1 to 1024 bytes of UTF-8, names joined by single slashes
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {
  private static final int MAX_BYTES = 1024;

  /** Checks that the key is one that every store takes, a file system included. */
  public ObjectKey {
    boolean sound = !value.isEmpty() && value.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    for (String name : value.split("/", -1)) {
      sound &= !name.isEmpty() && !".".equals(name) && !"..".equals(name);
    }
    if (!sound) {
      throw new IllegalArgumentException(
          "Not an object key: '" + value + "' (1 to 1024 bytes, names joined by single slashes)");
    }
  }

  /** The part after the last slash. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  @Override
  public int compareTo(ObjectKey other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
