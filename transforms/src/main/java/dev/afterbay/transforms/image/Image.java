package dev.afterbay.transforms.image;

import org.jspecify.annotations.Nullable;

/**
 * An item as one canonical text: DynamoDB JSON with attributes and set members sorted and numbers
 * in one spelling, such as {@code {"PK":{"S":"USER#1"},"Total":{"N":"12.5"}}}.
 *
 * <p>Immutable. Equal items have equal texts, different items different ones.
 */
public final class Image {
  private final String json;

  // Worked out when first asked for. Both are immutable, so that a race only repeats the work.
  private @Nullable Item item;
  private @Nullable String digest;

  private Image(String json, @Nullable Item item) {
    this.json = json;
    this.item = item;
  }

  /** The image of an item. */
  public static Image of(Item item) {
    StringBuilder json = new StringBuilder(256);
    item.appendTo(json);
    return new Image(json.toString(), item);
  }

  /**
   * Reads DynamoDB JSON in any order and spelling.
   *
   * @throws IllegalArgumentException if the text is not the DynamoDB JSON of an item
   */
  public static Image parse(String json) {
    return of(DynamoDbJson.read(json));
  }

  /** The canonical DynamoDB JSON. */
  public String json() {
    return json;
  }

  /** The digest of the canonical text: 32 hexadecimal digits. */
  public String digest() {
    String known = digest;
    if (known == null) {
      known = Digest.of(json);
      digest = known;
    }
    return known;
  }

  /** The attributes. */
  public Item item() {
    Item known = item;
    if (known == null) {
      known = DynamoDbJson.read(json);
      item = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Image image && json.equals(image.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  /** The digest, for item contents do not belong into logs. */
  @Override
  public String toString() {
    return digest();
  }
}
