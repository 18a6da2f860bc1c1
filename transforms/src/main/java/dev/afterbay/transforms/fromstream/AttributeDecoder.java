package dev.afterbay.transforms.fromstream;

import dev.afterbay.transforms.image.Bytes;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Turns the SDK's attribute values into ours. */
final class AttributeDecoder {
  private AttributeDecoder() {}

  /**
   * Decodes a map of attributes.
   *
   * @param place where the map stands, such as {@code NewImage}
   * @throws UnusableAttribute if a value is not one that DynamoDB can hold, or that we know
   */
  static Item decode(String place, Map<String, AttributeValue> attributes) {
    try {
      return item(attributes);
    } catch (UnusableAttribute e) {
      throw e.inside(place);
    }
  }

  private static Item item(Map<String, AttributeValue> attributes) {
    Map<String, Value> values = new HashMap<>();
    attributes.forEach(
        (name, attribute) -> {
          try {
            values.put(name, value(attribute));
          } catch (UnusableAttribute e) {
            throw e.inside("." + name);
          }
        });
    try {
      return new Item(values);
    } catch (IllegalArgumentException e) {
      throw new UnusableAttribute(
          "has an unusable name: " + e.getMessage(), "an unusable attribute name", e);
    }
  }

  private static Value value(@Nullable AttributeValue attribute) {
    if (attribute == null) {
      throw new UnusableAttribute("has no value", "an attribute without a value", null);
    }
    AttributeValue.Type type = attribute.type();
    if (type == null) {
      throw new UnusableAttribute(
          "has several types at once", "a value of several types at once", null);
    }
    try {
      return switch (type) {
        case S -> new Value.S(attribute.s());
        case N -> new Value.N(attribute.n());
        case B -> new Value.B(Bytes.of(attribute.b().asByteBuffer()));
        case BOOL -> new Value.Bool(attribute.bool());
        case NUL -> isNull(attribute);
        case M -> new Value.M(item(attribute.m()));
        case L -> new Value.L(list(attribute.l()));
        case SS -> new Value.SS(members(attribute.ss(), text -> text));
        case NS -> new Value.NS(members(attribute.ns(), text -> text));
        case BS -> new Value.BS(members(attribute.bs(), bytes -> Bytes.of(bytes.asByteBuffer())));
        case UNKNOWN_TO_SDK_VERSION ->
            throw new UnusableAttribute(
                "has no type, or one that this version does not know",
                "a value without a type, or of one that this version does not know",
                null);
      };
    } catch (UnusableAttribute e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new UnusableAttribute(type + ": " + e.getMessage(), "an unusable " + type, e);
    }
  }

  private static Value isNull(AttributeValue attribute) {
    if (!attribute.nul()) {
      throw new UnusableAttribute(
          "is NULL: false; DynamoDB knows only NULL: true", "a NULL that is false", null);
    }
    return new Value.Null();
  }

  private static List<Value> list(List<AttributeValue> attributes) {
    List<Value> values = new ArrayList<>(attributes.size());
    for (AttributeValue attribute : attributes) {
      try {
        values.add(value(attribute));
      } catch (UnusableAttribute e) {
        throw e.inside("[" + values.size() + "]");
      }
    }
    return values;
  }

  private static <T, R> List<R> members(List<T> members, Function<T, R> member) {
    List<R> values = new ArrayList<>(members.size());
    for (T each : members) {
      if (each == null) {
        throw new IllegalArgumentException("a member of a set is missing");
      }
      values.add(member.apply(each));
    }
    return values;
  }
}
