package dev.afterbay.transforms.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An item as one canonical text: DynamoDB JSON with attributes and set members sorted and numbers
 * in one spelling, such as {@code {"PK":{"S":"USER#1"},"Total":{"N":"12.5"}}}.
 *
 * <p>Immutable. Equal items have equal texts, different items different ones.
 */
public final class Image {
  // One of the two is there from the start. All of them are worked out when first asked for, and
  // never change, so that a race only repeats the work.
  private volatile byte @Nullable [] utf8;
  private @Nullable Item item;
  private @Nullable String digest;

  private Image(byte @Nullable [] utf8, @Nullable Item item) {
    this.utf8 = utf8;
    this.item = item;
  }

  /** The image of an item. */
  public static Image of(Item item) {
    return new Image(null, item);
  }

  /**
   * Reads DynamoDB JSON in any order and spelling.
   *
   * @throws IllegalArgumentException if the text is not the DynamoDB JSON of an item
   */
  public static Image parse(String json) {
    return of(DynamoDbJson.read(json));
  }

  /**
   * The image whose canonical text is known.
   *
   * @param utf8 the text; not checked and not copied
   */
  public static Image canonical(byte[] utf8) {
    return new Image(utf8, null);
  }

  /** The canonical DynamoDB JSON. */
  public String json() {
    return new String(utf8(), StandardCharsets.UTF_8);
  }

  /** The bytes of the canonical DynamoDB JSON; not to be written to. */
  public byte[] utf8() {
    byte[] known = utf8;
    if (known == null) {
      StringBuilder json = new StringBuilder(256);
      item().appendTo(json);
      known = json.toString().getBytes(StandardCharsets.UTF_8);
      utf8 = known;
    }
    return known;
  }

  /** The digest of the canonical text: 32 hexadecimal digits. */
  public String digest() {
    String known = digest;
    if (known == null) {
      known = Digest.of(utf8());
      digest = known;
    }
    return known;
  }

  /** The attributes. */
  public Item item() {
    Item known = item;
    if (known == null) {
      known = DynamoDbJson.read(json());
      item = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Image image && Arrays.equals(utf8(), image.utf8());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8());
  }

  /** The digest, for item contents do not belong into logs. */
  @Override
  public String toString() {
    return digest();
  }
}
