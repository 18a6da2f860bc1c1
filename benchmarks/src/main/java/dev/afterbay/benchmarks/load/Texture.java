package dev.afterbay.benchmarks.load;

import java.util.SplittableRandom;

/** What the long texts of items are made of. */
public enum Texture {
  /** Words of a small vocabulary, as people and forms write them: compresses well. */
  WORDS {
    @Override
    String text(int length, SplittableRandom random) {
      StringBuilder text = new StringBuilder(length + 16);
      while (text.length() < length) {
        text.append(VOCABULARY[random.nextInt(VOCABULARY.length)]).append(' ');
      }
      return text.substring(0, length);
    }
  },
  /** Random letters and digits, as tokens and hashes are: compresses badly. */
  NOISE {
    @Override
    String text(int length, SplittableRandom random) {
      StringBuilder text = new StringBuilder(length + 13);
      while (text.length() < length) {
        text.append(Long.toString(random.nextLong() & Long.MAX_VALUE, 36));
      }
      return text.substring(0, length);
    }
  };

  private static final String[] VOCABULARY =
      ("please deliver to the back door before noon and ring twice the parcel is fragile leave it"
              + " with our neighbour on the second floor if nobody answers thank you invoice by"
              + " letter gift wrapping requested call ahead courier depot returned unopened damaged"
              + " replaced within warranty Grüße aus Łódź customer paid express surcharge refunded")
          .split(" ");

  abstract String text(int length, SplittableRandom random);
}
