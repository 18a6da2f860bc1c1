package dev.afterbay.transforms.typed;

import dev.afterbay.transforms.image.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** What the canonical spelling of a number says about the columns that it fits. */
final class NumberText {
  /** So many digits fit 64 bits whatever they are. */
  private static final int SAFE_LONG_DIGITS = 18;

  /** Every decimal of so many digits is the shortest one of its double. */
  private static final int SAFE_DOUBLE_DIGITS = 15;

  private static final int MOST_DOUBLE_DIGITS = 17;
  private static final int LONGEST_NUMBER = 200;

  private NumberText() {}

  /** A text as a number, if it is spelled as the number's canonical form is. */
  static Value.@Nullable N canonical(String text) {
    int length = text.length();
    if (length == 0 || length > LONGEST_NUMBER) {
      return null;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '-') {
        return null;
      }
    }
    try {
      Value.N number = new Value.N(text);
      return number.number().equals(text) ? number : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The number in 64 bits. */
  static Fit asLong(String number) {
    if (number.indexOf('.') >= 0) {
      return new Fit.Misfit(Reason.PRECISION);
    }
    if (number.length() <= SAFE_LONG_DIGITS) {
      return new Fit.Exact(Long.parseLong(number));
    }
    BigInteger whole = new BigInteger(number);
    return whole.bitLength() < Long.SIZE
        ? new Fit.Exact(whole.longValue())
        : new Fit.Misfit(Reason.RANGE);
  }

  /** The number in 32 bits. */
  static Fit asInt(String number) {
    if (!(asLong(number) instanceof Fit.Exact exact)) {
      return new Fit.Misfit(number.indexOf('.') >= 0 ? Reason.PRECISION : Reason.RANGE);
    }
    long whole = (Long) exact.content();
    return whole == (int) whole ? new Fit.Exact((int) whole) : new Fit.Misfit(Reason.RANGE);
  }

  /** The number as a double, if it is the shortest decimal that stands for it. */
  static Fit asDouble(String number) {
    double binary = Double.parseDouble(number);
    if (number.length() <= SAFE_DOUBLE_DIGITS
        || shortest(binary).compareTo(new BigDecimal(number)) == 0) {
      return new Fit.Exact(binary);
    }
    return new Fit.Misfit(Reason.PRECISION);
  }

  /**
   * The decimal of the fewest digits that stands for a double. Worked out here because {@code
   * Double.toString} differs between releases of Java, and a file outlives them.
   */
  static BigDecimal shortest(double binary) {
    BigDecimal exact = new BigDecimal(binary);
    for (int digits = SAFE_DOUBLE_DIGITS; digits < MOST_DOUBLE_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == binary) {
        return rounded;
      }
    }
    return exact.round(new MathContext(MOST_DOUBLE_DIGITS, RoundingMode.HALF_EVEN));
  }
}
