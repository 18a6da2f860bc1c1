package dev.afterbay.transforms.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A place in JSON text of UTF-8. It moves forward as it is told what should come, and throws {@link
 * UnusualJson} if something else does: what is not strict JSON, and also what is but hardly ever
 * occurs.
 */
public final class JsonBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH = 0x0101010101010101L;
  private static final long HIGH = 0x80 * EACH;
  private static final long QUOTES = '"' * EACH;
  private static final long BACKSLASHES = '\\' * EACH;
  private static final long SPACES = ' ' * EACH;

  /** Deeper values are left to others; DynamoDB's have 32 levels, each of two of JSON's. */
  private static final int DEEPEST = 200;

  private final byte[] bytes;
  private final int limit;
  private int at;
  private int from;
  private int to;
  private boolean escaped;

  /** Stands before the first byte. */
  public JsonBytes(byte[] bytes) {
    this.bytes = bytes;
    this.limit = bytes.length;
  }

  /** The text, as it was given and not copied. */
  public byte[] bytes() {
    return bytes;
  }

  /** The index of the byte that comes next. */
  public int position() {
    return at;
  }

  /** Goes to an index, forward or back. */
  public void moveTo(int position) {
    at = position;
  }

  /** Passes white space, and tells the byte behind it without passing that. */
  public byte peek() {
    while (at < limit) {
      byte b = bytes[at];
      if (b > ' ' || b < 0) {
        return b;
      }
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        break;
      }
      at++;
    }
    throw UnusualJson.here();
  }

  /** Passes one character of ASCII, and white space before it. */
  public void expect(char character) {
    if (peek() != character) {
      throw UnusualJson.here();
    }
    at++;
  }

  /**
   * Passes a comma or the end of an object or array.
   *
   * @return whether it was a comma
   */
  public boolean more(char end) {
    byte b = peek();
    at++;
    if (b == ',') {
      return true;
    }
    if (b == end) {
      return false;
    }
    throw UnusualJson.here();
  }

  /** Passes an opening bracket, and the closing one if it comes next: then there is nothing. */
  public boolean opens(char start, char end) {
    expect(start);
    if (peek() == end) {
      at++;
      return false;
    }
    return true;
  }

  /** Whether nothing but white space is left. */
  public boolean atEnd() {
    while (at < limit) {
      byte b = bytes[at];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
      at++;
    }
    return true;
  }

  /** Passes a string, of which the methods below tell. */
  public void string() {
    expect('"');
    quoted();
  }

  /** Passes a string without escapes. */
  public void plainString() {
    string();
    if (escaped) {
      throw UnusualJson.here();
    }
  }

  /** Passes the name of a member, without escapes, and the colon. */
  public void name() {
    plainString();
    expect(':');
  }

  /** Tells of a name that was passed before. */
  void nameAgain(int start, int end) {
    from = start;
    to = end;
  }

  /** The index of the string's first byte. */
  public int from() {
    return from;
  }

  /** The index behind the string's last byte. */
  public int to() {
    return to;
  }

  /** How many bytes the string has. */
  public int length() {
    return to - from;
  }

  /** Whether escapes stand in the string. */
  public boolean escaped() {
    return escaped;
  }

  /** Whether the string has these bytes. */
  public boolean is(byte[] expected) {
    return Arrays.equals(bytes, from, to, expected, 0, expected.length);
  }

  /** The string, which has no escapes. */
  public String text() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /** Passes {@code true} or {@code false}. */
  public boolean truth() {
    if (peek() == 't') {
      literal('r', 'u', 'e');
      return true;
    }
    if (bytes[at] != 'f') {
      throw UnusualJson.here();
    }
    literal('a', 'l', 's', 'e');
    return false;
  }

  /** Passes any value. */
  public void skip() {
    skip(0);
  }

  private void skip(int depth) {
    if (depth > DEEPEST) {
      throw UnusualJson.here();
    }
    switch (peek()) {
      case '{' -> {
        boolean more = opens('{', '}');
        while (more) {
          string();
          expect(':');
          skip(depth + 1);
          more = more('}');
        }
      }
      case '[' -> {
        boolean more = opens('[', ']');
        while (more) {
          skip(depth + 1);
          more = more(']');
        }
      }
      case '"' -> string();
      case 't', 'f' -> truth();
      case 'n' -> literal('u', 'l', 'l');
      default -> number();
    }
  }

  /** Passes a number; afterwards the string is its text. */
  public void number() {
    peek();
    from = at;
    if (bytes[at] == '-') {
      at++;
    }
    int whole = digits();
    if (whole > 1 && bytes[at - whole] == '0') {
      throw UnusualJson.here();
    }
    if (at < limit && bytes[at] == '.') {
      at++;
      digits();
    }
    if (at < limit && (bytes[at] | 0x20) == 'e') {
      at++;
      if (at < limit && (bytes[at] == '+' || bytes[at] == '-')) {
        at++;
      }
      digits();
    }
    to = at;
  }

  private int digits() {
    int start = at;
    while (at < limit && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == start) {
      throw UnusualJson.here();
    }
    return at - start;
  }

  private void literal(char... rest) {
    if (at + rest.length >= limit) {
      throw UnusualJson.here();
    }
    for (char c : rest) {
      if (bytes[++at] != c) {
        throw UnusualJson.here();
      }
    }
    at++;
  }

  /** Passes the rest of a string whose quote was passed. */
  void quoted() {
    from = at;
    escaped = false;
    int p = at;
    while (true) {
      while (p + Long.BYTES <= limit) {
        long special = special((long) LONGS.get(bytes, p));
        if (special != 0) {
          p += Long.numberOfTrailingZeros(special) >>> 3;
          break;
        }
        p += Long.BYTES;
      }
      if (p >= limit) {
        throw UnusualJson.here();
      }
      byte b = bytes[p];
      if (b == '"') {
        to = p;
        at = p + 1;
        return;
      } else if (b == '\\') {
        escaped = true;
        p = afterEscape(p + 1);
      } else if (b < 0) {
        p = Utf8Bytes.after(bytes, p, limit);
      } else if (b < ' ') {
        throw UnusualJson.here();
      } else {
        p++;
      }
    }
  }

  /**
   * In which of eight bytes the scan must stop: a quote, a backslash, a control character, or part
   * of a character beyond ASCII. The lowest bit that is set is right; those above it may not be.
   */
  private static long special(long eight) {
    long quotes = eight ^ QUOTES;
    long backslashes = eight ^ BACKSLASHES;
    return ((quotes - EACH) & ~quotes
            | (backslashes - EACH) & ~backslashes
            | (eight - SPACES) & ~eight
            | eight)
        & HIGH;
  }

  private int afterEscape(int p) {
    if (p >= limit) {
      throw UnusualJson.here();
    }
    return switch (bytes[p]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> p + 1;
      case 'u' -> {
        if (p + 4 >= limit) {
          throw UnusualJson.here();
        }
        for (int i = 1; i <= 4; i++) {
          if (Character.digit(bytes[p + i], 16) < 0) {
            throw UnusualJson.here();
          }
        }
        yield p + 5;
      }
      default -> throw UnusualJson.here();
    };
  }
}
