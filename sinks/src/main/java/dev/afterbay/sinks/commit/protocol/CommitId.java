package dev.afterbay.sinks.commit.protocol;

/**
 * The name of one attempt to commit, unique for all time. It tells a writer's own entry from
 * another's.
 *
 * @param value 8 to 64 lower-case letters, digits and hyphens, such as a UUID
 */
public record CommitId(String value) {
  private static final int TAG_LENGTH = 8;

  /** Checks that the identifier can stand in an object key. */
  public CommitId {
    if (!value.matches("[a-z0-9][a-z0-9-]{7,63}")) {
      throw new IllegalArgumentException("Not a commit id: '" + value + "'");
    }
  }

  /** The short form that stands in the names of the commit's files. */
  public String tag() {
    return value.substring(0, TAG_LENGTH);
  }

  @Override
  public String toString() {
    return value;
  }
}
