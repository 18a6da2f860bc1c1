package dev.afterbay.transforms.toavro;

/**
 * A key attribute of a source table.
 *
 * @param name the attribute's name, any text of 1 to 255 characters
 * @param type its type
 */
public record KeyAttribute(String name, KeyType type) {
  /** Checks that there is a name. */
  public KeyAttribute {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("A key attribute has a name; this one is empty");
    }
  }
}
