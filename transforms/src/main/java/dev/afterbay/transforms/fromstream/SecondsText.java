package dev.afterbay.transforms.fromstream;

import dev.afterbay.transforms.wire.JsonBytes;
import dev.afterbay.transforms.wire.UnusualJson;
import java.time.Instant;

/** A time as the wire has it: a number of seconds, such as {@code 1.684934517E9}. */
final class SecondsText {
  /** So many digits fit into a long. */
  private static final int MOST = 18;

  private SecondsText() {}

  /** Reads a time to the millisecond, as the SDK does: what is beyond that is cut off. */
  static Instant instant(JsonBytes json) {
    json.number();
    byte[] bytes = json.bytes();
    long digits = 0;
    int read = 0;
    int shift = 3;
    boolean fraction = false;
    int at = json.from();
    while (at < json.to() && (bytes[at] | 0x20) != 'e') {
      byte b = bytes[at++];
      if (b == '.') {
        fraction = true;
      } else {
        if (b < '0' || ++read > MOST) {
          throw UnusualJson.here();
        }
        digits = digits * 10 + (b - '0');
        shift -= fraction ? 1 : 0;
      }
    }
    if (at < json.to()) {
      shift += exponent(bytes, at + 1, json.to());
    }
    return Instant.ofEpochMilli(shifted(digits, read, shift));
  }

  private static int exponent(byte[] bytes, int from, int to) {
    boolean negative = bytes[from] == '-';
    int at = negative || bytes[from] == '+' ? from + 1 : from;
    if (to - at > 2) {
      throw UnusualJson.here();
    }
    int exponent = 0;
    for (; at < to; at++) {
      exponent = exponent * 10 + (bytes[at] - '0');
    }
    return negative ? -exponent : exponent;
  }

  private static long shifted(long digits, int read, int shift) {
    if (read + shift > MOST || shift < -MOST) {
      throw UnusualJson.here();
    }
    long millis = digits;
    for (int i = shift; i > 0; i--) {
      millis *= 10;
    }
    for (int i = shift; i < 0; i++) {
      millis /= 10;
    }
    return millis;
  }
}
