package dev.afterbay.transforms.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes in base64. */
final class Base64Bytes {
  private static final byte[] VALUES = new byte[256];

  static {
    Arrays.fill(VALUES, (byte) -1);
    byte[] alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
            .getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < alphabet.length; i++) {
      VALUES[alphabet[i]] = (byte) i;
    }
  }

  private Base64Bytes() {}

  /** Whether the text is the one that an encoder writes: padded, and no bit set behind the end. */
  static boolean isCanonical(byte[] text, int from, int to) {
    if ((to - from) % 4 != 0) {
      return false;
    }
    int end = to;
    while (end > from && to - end < 2 && text[end - 1] == '=') {
      end--;
    }
    for (int i = from; i < end; i++) {
      if (VALUES[text[i] & 0xff] < 0) {
        return false;
      }
    }
    int unused = (to - end) * 2;
    return unused == 0 || (VALUES[text[end - 1] & 0xff] & (1 << unused) - 1) == 0;
  }
}
