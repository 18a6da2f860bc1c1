package dev.afterbay.transforms.change;

/**
 * The identifier of one shard of a stream, such as {@code shardId-00000001732170000000-abcdef12}.
 *
 * @param value letters, digits, {@code _ . -}; 1 to 65 characters
 */
public record ShardId(String value) implements Comparable<ShardId> {
  /** Checks that the identifier can stand in an object key. */
  public ShardId {
    if (!value.matches("[A-Za-z0-9_.-]{1,65}")) {
      throw new IllegalArgumentException("Not a shard id: '" + value + "'");
    }
  }

  /**
   * Whether it is a shard of a stream. Logs that no shard of a stream feeds have other names, such
   * as {@code stream}.
   */
  public boolean ofStream() {
    return value.startsWith("shardId-");
  }

  @Override
  public int compareTo(ShardId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
