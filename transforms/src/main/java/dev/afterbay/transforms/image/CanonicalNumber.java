package dev.afterbay.transforms.image;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * The one spelling of a DynamoDB number: plain decimal, without exponent, without a plus sign,
 * without needless zeros; zero is {@code 0}.
 */
public final class CanonicalNumber {
  /** Orders canonical spellings by the numbers that they spell. */
  static final Comparator<String> ORDER = CanonicalNumber::compare;

  private static final int MAX_DIGITS = 38;
  private static final int MIN_EXPONENT = -130;
  private static final int MAX_EXPONENT = 125;

  /** The longest plain spelling has 170 characters; nothing sensible is near this. */
  private static final int MAX_LENGTH = 512;

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,9})?");

  private CanonicalNumber() {}

  /**
   * Rewrites a number in its canonical spelling.
   *
   * @throws IllegalArgumentException if the text is not a number that DynamoDB can hold
   */
  public static String of(String text) {
    return isCanonical(text) ? text : rewrite(text);
  }

  private static String rewrite(String text) {
    if (text.length() > MAX_LENGTH || !NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'"
              + abbreviated(text)
              + "' is not a number; DynamoDB numbers are decimal, such as -1.5");
    }
    BigDecimal number = new BigDecimal(text).stripTrailingZeros();
    if (number.signum() == 0) {
      return "0";
    }
    long exponent = (long) number.precision() - number.scale() - 1;
    if (number.precision() > MAX_DIGITS || exponent < MIN_EXPONENT || exponent > MAX_EXPONENT) {
      throw new IllegalArgumentException(
          "'"
              + abbreviated(text)
              + "' is not a DynamoDB number; those have at most 38 significant digits"
              + " and lie between 1E-130 and 9.99E+125");
    }
    return number.toPlainString();
  }

  /** Whether a short text is canonical already; a long one may be, but takes the slow path. */
  private static boolean isCanonical(String text) {
    int length = text.length();
    if (length == 0 || length > MAX_DIGITS) {
      return false;
    }
    int start = text.charAt(0) == '-' ? 1 : 0;
    int point = -1;
    for (int i = start; i < length; i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0) {
        point = i;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    int whole = (point < 0 ? length : point) - start;
    if (whole == 0 || (whole > 1 && text.charAt(start) == '0')) {
      return false;
    }
    if (point >= 0) {
      char last = text.charAt(length - 1);
      return last != '0' && last != '.';
    }
    return start == 0 || text.charAt(start) != '0';
  }

  /**
   * Whether a number of few digits stands in its canonical spelling; says no to a long one even if
   * it does.
   *
   * @param ascii the text
   * @param from its first byte
   * @param to behind its last byte
   */
  public static boolean isCanonical(byte[] ascii, int from, int to) {
    int length = to - from;
    if (length == 0 || length > MAX_DIGITS) {
      return false;
    }
    int start = ascii[from] == '-' ? from + 1 : from;
    int point = -1;
    for (int i = start; i < to; i++) {
      byte c = ascii[i];
      if (c == '.' && point < 0) {
        point = i;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    int whole = (point < 0 ? to : point) - start;
    if (whole == 0 || (whole > 1 && ascii[start] == '0')) {
      return false;
    }
    if (point >= 0) {
      byte last = ascii[to - 1];
      return last != '0' && last != '.';
    }
    return start == from || ascii[start] != '0';
  }

  private static int compare(String a, String b) {
    boolean negative = a.startsWith("-");
    if (negative != b.startsWith("-")) {
      return negative ? -1 : 1;
    }
    return negative ? compareUnsigned(b.substring(1), a.substring(1)) : compareUnsigned(a, b);
  }

  private static int compareUnsigned(String a, String b) {
    int byLength = Integer.compare(wholeDigits(a), wholeDigits(b));
    return byLength != 0 ? byLength : a.compareTo(b);
  }

  private static int wholeDigits(String unsigned) {
    int point = unsigned.indexOf('.');
    return point < 0 ? unsigned.length() : point;
  }

  private static String abbreviated(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
