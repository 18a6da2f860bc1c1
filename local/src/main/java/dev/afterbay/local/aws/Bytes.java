package dev.afterbay.local.aws;

import java.io.ByteArrayOutputStream;

/** Search and replace in byte arrays. */
final class Bytes {
  private Bytes() {}

  static int indexOf(byte[] text, byte[] wanted, int from) {
    byte first = wanted[0];
    for (int i = from; i <= text.length - wanted.length; i++) {
      if (text[i] == first && matches(text, wanted, i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] text, byte[] wanted, int at) {
    for (int i = 1; i < wanted.length; i++) {
      if (text[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  /** The text with every occurrence replaced; the same array when there is none. */
  static byte[] replace(byte[] text, byte[] wanted, byte[] replacement) {
    int at = indexOf(text, wanted, 0);
    if (at < 0) {
      return text;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + 1024);
    int copied = 0;
    while (at >= 0) {
      out.write(text, copied, at - copied);
      out.write(replacement, 0, replacement.length);
      copied = at + wanted.length;
      at = indexOf(text, wanted, copied);
    }
    out.write(text, copied, text.length - copied);
    return out.toByteArray();
  }
}
