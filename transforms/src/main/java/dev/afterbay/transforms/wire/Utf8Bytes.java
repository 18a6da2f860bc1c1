package dev.afterbay.transforms.wire;

/** Characters beyond ASCII in UTF-8. */
final class Utf8Bytes {
  private Utf8Bytes() {}

  /**
   * The index behind a character.
   *
   * @throws UnusualJson if it is not well-formed: too long for what it says, half a surrogate pair,
   *     beyond the last character, or cut off
   */
  static int after(byte[] bytes, int at, int limit) {
    int first = bytes[at] & 0xff;
    if (first >= 0xc2 && first < 0xe0) {
      return follow(bytes, at, limit, 1, 0x80, 0xbf);
    }
    if (first >= 0xe0 && first < 0xf0) {
      return follow(bytes, at, limit, 2, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf);
    }
    if (first >= 0xf0 && first < 0xf5) {
      return follow(bytes, at, limit, 3, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf);
    }
    throw UnusualJson.here();
  }

  private static int follow(
      byte[] bytes, int at, int limit, int more, int leastSecond, int mostSecond) {
    if (at + more >= limit) {
      throw UnusualJson.here();
    }
    int second = bytes[at + 1] & 0xff;
    if (second < leastSecond || second > mostSecond) {
      throw UnusualJson.here();
    }
    for (int i = 2; i <= more; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        throw UnusualJson.here();
      }
    }
    return at + more + 1;
  }
}
