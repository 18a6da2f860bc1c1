package dev.afterbay.transforms.image;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The value of an attribute, in canonical form: numbers in one spelling, sets in one order.
 *
 * <p>The variants bear the names of DynamoDB's type descriptors. Values are immutable; equal values
 * have equal canonical JSON.
 */
public sealed interface Value {
  /** Appends the value with its type descriptor, such as {@code {"S":"text"}}. */
  void appendTo(StringBuilder json);

  /** A string, possibly empty. */
  record S(String text) implements Value {
    /** Refuses a text that is not well-formed. */
    public S {
      text = CanonicalText.wellFormed(text);
    }

    @Override
    public void appendTo(StringBuilder json) {
      json.append("{\"S\":");
      CanonicalText.appendQuoted(json, text);
      json.append('}');
    }
  }

  /**
   * A number.
   *
   * @param number any decimal spelling; held in the canonical one, plain and without needless zeros
   */
  record N(String number) implements Value {
    /** Rewrites the number in its canonical spelling, and refuses what is not a number. */
    public N {
      number = CanonicalNumber.of(number);
    }

    @Override
    public void appendTo(StringBuilder json) {
      json.append("{\"N\":\"").append(number).append("\"}");
    }
  }

  /** A run of bytes, possibly empty. */
  record B(Bytes bytes) implements Value {
    @Override
    public void appendTo(StringBuilder json) {
      json.append("{\"B\":\"").append(bytes.base64()).append("\"}");
    }
  }

  /** True or false. */
  record Bool(boolean value) implements Value {
    @Override
    public void appendTo(StringBuilder json) {
      json.append("{\"BOOL\":").append(value).append('}');
    }
  }

  /** DynamoDB's null, which is a value: the attribute exists. */
  record Null() implements Value {
    @Override
    public void appendTo(StringBuilder json) {
      json.append("{\"NULL\":true}");
    }
  }

  /** A map from attribute names to values, possibly empty. */
  record M(Item attributes) implements Value {
    @Override
    public void appendTo(StringBuilder json) {
      json.append("{\"M\":");
      attributes.appendTo(json);
      json.append('}');
    }
  }

  /** A list of values of any types, possibly empty. */
  record L(List<Value> elements) implements Value {
    /** Copies the list. */
    public L {
      elements = List.copyOf(elements);
    }

    @Override
    public void appendTo(StringBuilder json) {
      appendAll(json, "L", elements, (text, element) -> element.appendTo(text));
    }
  }

  /**
   * A set of strings.
   *
   * @param members in any order; held by code point
   */
  record SS(List<String> members) implements Value {
    /** Sorts the members; refuses an empty set, equal members and what is not well-formed. */
    public SS {
      members.forEach(CanonicalText::wellFormed);
      members = sorted("SS", members, CanonicalText.ORDER);
    }

    @Override
    public void appendTo(StringBuilder json) {
      appendAll(json, "SS", members, CanonicalText::appendQuoted);
    }
  }

  /**
   * A set of numbers.
   *
   * @param members in any order and spelling; held from the smallest to the greatest
   */
  record NS(List<String> members) implements Value {
    /** Sorts the members; refuses an empty set, equal members and what is not a number. */
    public NS {
      members =
          sorted("NS", members.stream().map(CanonicalNumber::of).toList(), CanonicalNumber.ORDER);
    }

    @Override
    public void appendTo(StringBuilder json) {
      appendAll(json, "NS", members, CanonicalText::appendQuoted);
    }
  }

  /**
   * A set of byte runs.
   *
   * @param members in any order; held as unsigned bytes compare
   */
  record BS(List<Bytes> members) implements Value {
    /** Sorts the members; refuses an empty set and equal members. */
    public BS {
      members = sorted("BS", members, Comparator.naturalOrder());
    }

    @Override
    public void appendTo(StringBuilder json) {
      appendAll(
          json, "BS", members, (text, bytes) -> CanonicalText.appendQuoted(text, bytes.base64()));
    }
  }

  private static <T> List<T> sorted(String type, List<T> members, Comparator<? super T> order) {
    if (members.isEmpty()) {
      throw new IllegalArgumentException("an " + type + " is empty; DynamoDB has no empty sets");
    }
    List<T> sorted = new ArrayList<>(members);
    sorted.sort(order);
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).equals(sorted.get(i - 1))) {
        throw new IllegalArgumentException(
            "an " + type + " holds one member twice; the members of a set differ");
      }
    }
    return List.copyOf(sorted);
  }

  private static <T> void appendAll(
      StringBuilder json, String type, List<T> elements, BiConsumer<StringBuilder, T> append) {
    json.append("{\"").append(type).append("\":[");
    for (int i = 0; i < elements.size(); i++) {
      if (i > 0) {
        json.append(',');
      }
      append.accept(json, elements.get(i));
    }
    json.append("]}");
  }
}
