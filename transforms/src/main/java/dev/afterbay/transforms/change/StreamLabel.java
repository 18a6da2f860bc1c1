package dev.afterbay.transforms.change;

/**
 * The label that tells one incarnation of a table's stream from the next, such as {@code
 * 2026-11-21T05:11:00.123}; the last part of the stream's ARN.
 *
 * @param value an ISO-8601 date and time without zone; labels of one table sort by age
 */
public record StreamLabel(String value) implements Comparable<StreamLabel> {
  /**
   * The label of what no stream told, such as the rows of snapshots; it sorts before all others.
   */
  public static final StreamLabel NONE = new StreamLabel("-");

  /** Checks that the label can stand in an object key. */
  public StreamLabel {
    if (!value.matches("[0-9A-Za-z:._-]{1,64}")) {
      throw new IllegalArgumentException("Not a stream label: '" + value + "'");
    }
  }

  @Override
  public int compareTo(StreamLabel other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
