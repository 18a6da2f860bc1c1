package dev.afterbay.transforms.image;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The 128-bit XXH3 digest of a text's UTF-8 bytes, as 32 hexadecimal digits in lower case. */
public final class Digest {
  /** How many hexadecimal digits a digest has. */
  public static final int HEX_DIGITS = 32;

  private Digest() {}

  /** Digests a text. */
  public static String of(String text) {
    HashValue128 hash =
        Hashing.xxh3_128().hashBytesTo128Bits(text.getBytes(StandardCharsets.UTF_8));
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(hash.getMostSignificantBits())
        + hex.toHexDigits(hash.getLeastSignificantBits());
  }
}
