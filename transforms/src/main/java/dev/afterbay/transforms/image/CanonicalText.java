package dev.afterbay.transforms.image;

import java.util.Comparator;
import java.util.HexFormat;

/** The canonical order of texts, and their canonical form as JSON strings. */
final class CanonicalText {
  /** Orders texts by code point, which is also the order of their UTF-8 bytes. */
  static final Comparator<String> ORDER = CanonicalText::compare;

  private static final HexFormat HEX = HexFormat.of();

  private CanonicalText() {}

  /**
   * Hands back a text that UTF-8 can carry, as DynamoDB's texts are.
   *
   * @throws IllegalArgumentException if half of a surrogate pair stands in the text
   */
  static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i)) && isHalf(text, i)) {
        throw new IllegalArgumentException(
            "a text has half a surrogate pair at index " + i + "; DynamoDB's texts are UTF-8");
      }
    }
    return text;
  }

  private static boolean isHalf(String text, int index) {
    return Character.isHighSurrogate(text.charAt(index))
        ? index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1))
        : index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
  }

  /** Appends a well-formed text as a JSON string, in which only what JSON forbids is escaped. */
  static void appendQuoted(StringBuilder json, String text) {
    json.append('"');
    int length = text.length();
    int copied = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        json.append(text, copied, i);
        appendEscaped(json, c);
        copied = i + 1;
      }
    }
    json.append(text, copied, length).append('"');
  }

  private static void appendEscaped(StringBuilder json, char c) {
    json.append('\\');
    switch (c) {
      case '"', '\\' -> json.append(c);
      case '\b' -> json.append('b');
      case '\f' -> json.append('f');
      case '\n' -> json.append('n');
      case '\r' -> json.append('r');
      case '\t' -> json.append('t');
      default -> json.append('u').append(HEX.toHexDigits(c));
    }
  }

  private static int compare(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      char c = a.charAt(i);
      char d = b.charAt(i);
      if (c != d) {
        return Integer.compare(rank(c), rank(d));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /**
   * Surrogates stand for code points above all others, though their numbers are not the highest.
   */
  private static int rank(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }
}
