package dev.afterbay.transforms.change;

import java.math.BigInteger;

/**
 * A DynamoDB stream sequence number: a position in a shard, 21 to 40 decimal digits on AWS.
 *
 * <p>Held zero-padded to 40 digits, so that the order of the texts is the order of the numbers.
 *
 * @param padded exactly 40 decimal digits
 */
public record SequenceNumber(String padded) implements Comparable<SequenceNumber> {
  /** Digits of the padded form. */
  public static final int DIGITS = 40;

  /** Digits of the shortest number that a stream prints. */
  private static final int SHORTEST = 21;

  /** Checks that the text is 40 digits. */
  public SequenceNumber {
    if (padded.length() != DIGITS || !isDigits(padded)) {
      throw new IllegalArgumentException(
          "A padded sequence number has 40 decimal digits, not '" + padded + "'");
    }
  }

  /**
   * Reads a sequence number as the stream prints it.
   *
   * @param text 1 to 40 decimal digits
   * @throws IllegalArgumentException if the text is anything else
   */
  public static SequenceNumber parse(String text) {
    if (text.isEmpty() || text.length() > DIGITS || !isDigits(text)) {
      throw new IllegalArgumentException(
          "A sequence number has 1 to 40 decimal digits, not '" + text + "'");
    }
    return new SequenceNumber("0".repeat(DIGITS - text.length()) + text);
  }

  /** Whether this position comes after the other one. */
  public boolean isAfter(SequenceNumber other) {
    return compareTo(other) > 0;
  }

  /**
   * The position right before this one.
   *
   * @throws IllegalArgumentException if this is zero
   */
  public SequenceNumber previous() {
    return parse(new BigInteger(padded).subtract(BigInteger.ONE).toString());
  }

  /** The position right after this one. */
  public SequenceNumber next() {
    return parse(new BigInteger(padded).add(BigInteger.ONE).toString());
  }

  /** As the stream spells it: at least 21 digits. */
  public String spelled() {
    String digits = new BigInteger(padded).toString();
    return "0".repeat(Math.max(0, SHORTEST - digits.length())) + digits;
  }

  @Override
  public int compareTo(SequenceNumber other) {
    return padded.compareTo(other.padded);
  }

  @Override
  public String toString() {
    return padded;
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }
}
