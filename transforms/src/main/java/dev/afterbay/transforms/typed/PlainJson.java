package dev.afterbay.transforms.typed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values as the JSON that a person would write, without types: those that JSON itself has. */
final class PlainJson {
  /** Attribute names come from data: they may be long, and must not fill shared tables. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder().maxNameLength(1 << 20).build())
          .build();

  private PlainJson() {}

  /** Appends a value, in the canonical order; false if JSON cannot give it back, half-way. */
  static boolean append(StringBuilder json, Value value) {
    if (value instanceof Value.S string) {
      appendQuoted(json, string.text());
    } else if (value instanceof Value.N number) {
      json.append(number.number());
    } else if (value instanceof Value.Bool bool) {
      json.append(bool.value());
    } else if (value instanceof Value.Null) {
      json.append("null");
    } else if (value instanceof Value.M map) {
      return appendMap(json, map);
    } else if (value instanceof Value.L list) {
      return appendList(json, list);
    } else {
      return false;
    }
    return true;
  }

  /** Reads what {@link #append} wrote. */
  static Value read(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      Value value = value(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("A json column holds more than one value");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A json column holds no JSON: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean appendMap(StringBuilder json, Value.M map) {
    char before = '{';
    for (Map.Entry<String, Value> attribute : map.attributes().attributes().entrySet()) {
      appendQuoted(json.append(before), attribute.getKey());
      if (!append(json.append(':'), attribute.getValue())) {
        return false;
      }
      before = ',';
    }
    json.append(before == '{' ? "{}" : "}");
    return true;
  }

  private static boolean appendList(StringBuilder json, Value.L list) {
    char before = '[';
    for (Value element : list.elements()) {
      if (!append(json.append(before), element)) {
        return false;
      }
      before = ',';
    }
    json.append(before == '[' ? "[]" : "]");
    return true;
  }

  private static void appendQuoted(StringBuilder json, String text) {
    json.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, json);
    json.append('"');
  }

  private static Value value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IllegalArgumentException("A json column holds an empty text");
    }
    return switch (token) {
      case VALUE_STRING -> new Value.S(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value.N(parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> new Value.Bool(parser.getBooleanValue());
      case VALUE_NULL -> new Value.Null();
      case START_ARRAY -> list(parser);
      default -> map(parser);
    };
  }

  private static Value list(JsonParser parser) throws IOException {
    List<Value> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser));
    }
    return new Value.L(elements);
  }

  private static Value map(JsonParser parser) throws IOException {
    Map<String, Value> attributes = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      attributes.put(name, value(parser));
    }
    return new Value.M(new Item(attributes));
  }
}
