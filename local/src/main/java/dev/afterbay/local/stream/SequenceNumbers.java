package dev.afterbay.local.stream;

import java.math.BigInteger;
import java.util.SplittableRandom;

/**
 * Rising sequence numbers as the stream prints them: 21 digits at first and 40 at last, with steps
 * of random size. Since they grow longer, they rise as numbers and not as texts.
 */
final class SequenceNumbers {
  private static final BigInteger FIRST = BigInteger.TEN.pow(20);
  private static final BigInteger LONGEST = BigInteger.TEN.pow(39);
  private static final int STEP = 1_000;

  private final SplittableRandom random;
  private final long numbersPerDigit;
  private BigInteger last = FIRST;
  private long taken;

  SequenceNumbers(SplittableRandom random, long numbersPerDigit) {
    this.random = random;
    this.numbersPerDigit = numbersPerDigit;
  }

  String next() {
    if (++taken % numbersPerDigit == 0 && last.compareTo(LONGEST) < 0) {
      last = last.multiply(BigInteger.TEN);
    }
    last = last.add(BigInteger.valueOf(1 + random.nextInt(STEP)));
    return last.toString();
  }
}
