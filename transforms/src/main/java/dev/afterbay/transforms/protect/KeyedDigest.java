package dev.afterbay.transforms.protect;

import dev.afterbay.transforms.image.Value;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 of the canonical JSON of values, as 64 hexadecimal digits in lower case. */
final class KeyedDigest {
  private static final String ALGORITHM = "HmacSHA256";

  private static final Pattern SPELLED = Pattern.compile("[0-9a-f]{64}");

  /** Half of what the digest has: less could be found by trying. */
  private static final int LEAST_BYTES = 16;

  /** Holds the key and is never fed: each digest is made by a clone of it. */
  private final Mac keyed;

  KeyedDigest(byte[] key) {
    if (key.length < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "The key for hashed attributes has "
              + key.length
              + " bytes; it needs at least "
              + LEAST_BYTES);
    }
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(key, ALGORITHM));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM + " with keys of any size", e);
    }
  }

  /** Whether a value is spelled as a digest is. */
  static boolean isLikeOne(Value value) {
    return value instanceof Value.S text && SPELLED.matcher(text.text()).matches();
  }

  String of(Value value) {
    StringBuilder json = new StringBuilder();
    value.appendTo(json);
    try {
      Mac mac = (Mac) keyed.clone();
      return HexFormat.of()
          .formatHex(mac.doFinal(json.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The Java's own " + ALGORITHM + " can be cloned", e);
    }
  }
}
