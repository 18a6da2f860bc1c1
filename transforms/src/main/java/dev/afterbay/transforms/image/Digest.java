package dev.afterbay.transforms.image;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;

/** The 128-bit XXH3 digest of a text's UTF-8 bytes, as 32 hexadecimal digits in lower case. */
public final class Digest {
  /** How many hexadecimal digits a digest has. */
  public static final int HEX_DIGITS = 32;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private static final Hasher128 HASHER = Hashing.xxh3_128();

  private Digest() {}

  /** Digests a text. */
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Digests a text that is there as UTF-8 already. */
  static String of(byte[] utf8) {
    HashValue128 hash = HASHER.hashBytesTo128Bits(utf8);
    byte[] digits = new byte[HEX_DIGITS];
    write(hash.getMostSignificantBits(), digits, 0);
    write(hash.getLeastSignificantBits(), digits, HEX_DIGITS / 2);
    return new String(digits, StandardCharsets.ISO_8859_1);
  }

  private static void write(long bits, byte[] digits, int at) {
    for (int i = 0; i < HEX_DIGITS / 2; i++) {
      digits[at + i] = HEX[(int) (bits >>> 60 - 4 * i) & 0xf];
    }
  }
}
