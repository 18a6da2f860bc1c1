package dev.afterbay.transforms.wire;

import java.nio.charset.StandardCharsets;

/** Strings with escapes: copied with those alone that JSON demands, in their canonical spelling. */
final class Escapes {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private Escapes() {}

  /**
   * Copies a string's content, whose escapes are well-formed.
   *
   * @throws UnusualJson if an escape stands for half of a surrogate pair
   */
  static void copy(byte[] bytes, int from, int to, ByteSink sink) {
    int copied = from;
    int at = from;
    while (at < to) {
      if (bytes[at] != '\\') {
        at++;
        continue;
      }
      byte kind = bytes[at + 1];
      if (kind != '/' && kind != 'u') {
        at += 2; // Is canonical as it is.
        continue;
      }
      sink.put(bytes, copied, at);
      if (kind == '/') {
        sink.put('/');
        at += 2;
      } else {
        int unit = unit(bytes, at);
        at += 6;
        if (Character.isSurrogate((char) unit)) {
          int low = at < to && bytes[at] == '\\' && bytes[at + 1] == 'u' ? unit(bytes, at) : 0;
          if (!Character.isSurrogatePair((char) unit, (char) low)) {
            throw UnusualJson.here();
          }
          sink.putCodePoint(Character.toCodePoint((char) unit, (char) low));
          at += 6;
        } else {
          put(unit, sink);
        }
      }
      copied = at;
    }
    sink.put(bytes, copied, to);
  }

  private static int unit(byte[] bytes, int at) {
    int unit = 0;
    for (int i = at + 2; i < at + 6; i++) {
      unit = unit << 4 | Character.digit(bytes[i], 16);
    }
    return unit;
  }

  private static void put(int character, ByteSink sink) {
    if (character >= ' ' && character != '"' && character != '\\') {
      sink.putCodePoint(character);
      return;
    }
    sink.put('\\');
    switch (character) {
      case '"', '\\' -> sink.put((char) character);
      case '\b' -> sink.put('b');
      case '\f' -> sink.put('f');
      case '\n' -> sink.put('n');
      case '\r' -> sink.put('r');
      case '\t' -> sink.put('t');
      default -> {
        sink.put("u00");
        sink.put((char) HEX[character >> 4]);
        sink.put((char) HEX[character & 0xf]);
      }
    }
  }
}
