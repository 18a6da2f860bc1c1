package dev.afterbay.consumer.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that a user most likely meant. */
final class Nearest {
  private Nearest() {}

  /** The known word with the fewest edits, if at most a third of the letters differ. */
  static Optional<String> to(String word, Collection<String> known) {
    String plain = plain(word);
    return known.stream()
        .filter(
            candidate ->
                edits(plain, plain(candidate))
                    <= Math.max(1, Math.max(word.length(), candidate.length()) / 3))
        .min(Comparator.comparingInt(candidate -> edits(plain, plain(candidate))));
  }

  /** Letters and digits in lower case: {@code maxAge} and {@code max_age} mean {@code max-age}. */
  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** The Levenshtein distance. */
  private static int edits(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}
