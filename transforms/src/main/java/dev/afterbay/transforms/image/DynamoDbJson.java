package dev.afterbay.transforms.image;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads DynamoDB JSON: an object from attribute names to values with their type descriptors. */
public final class DynamoDbJson {
  /** Attribute names come from data: they may be long, and must not fill shared tables. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNameLength(1 << 20).maxNestingDepth(512).build())
          .build();

  private final JsonParser parser;

  private DynamoDbJson(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * A parser of a stream of JSON values, one after the other. It refuses what is not UTF-8.
   *
   * @param utf8 is closed with the parser
   */
  public static JsonParser parser(InputStream utf8) throws IOException {
    // A reader by itself would put question marks where the bytes are not UTF-8.
    return JSON.createParser(
        new InputStreamReader(
            utf8,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)));
  }

  /**
   * Reads the item whose first brace a parser has just read, up to its last brace.
   *
   * @throws IllegalArgumentException if there is no DynamoDB JSON of an item; the message may tell
   *     of its content
   */
  public static Item item(JsonParser at) throws IOException {
    return new DynamoDbJson(at).item();
  }

  static Item read(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      DynamoDbJson reader = new DynamoDbJson(parser);
      parser.nextToken();
      Item item = reader.item();
      if (parser.nextToken() != null) {
        throw reader.refused("the end of the text");
      }
      return item;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not DynamoDB JSON: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Item item() throws IOException {
    expect(JsonToken.START_OBJECT, "an object of attributes");
    Map<String, Value> attributes = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (attributes.put(name, value()) != null) {
        throw refused("each attribute once, but '" + name + "' stands twice");
      }
    }
    return new Item(attributes);
  }

  private Value value() throws IOException {
    expect(JsonToken.START_OBJECT, "a value such as {\"S\":\"text\"}");
    if (parser.nextToken() != JsonToken.FIELD_NAME) {
      throw refused("a type descriptor");
    }
    String type = parser.currentName();
    parser.nextToken();
    Value value = content(type);
    if (parser.nextToken() != JsonToken.END_OBJECT) {
      throw refused("one type descriptor for each value");
    }
    return value;
  }

  private Value content(String type) throws IOException {
    try {
      return switch (type) {
        case "S" -> new Value.S(string());
        case "N" -> new Value.N(string());
        case "B" -> new Value.B(Bytes.fromBase64(string()));
        case "BOOL" -> new Value.Bool(bool());
        case "NULL" -> isNull();
        case "M" -> new Value.M(item());
        case "L" -> new Value.L(list(this::value));
        case "SS" -> new Value.SS(list(this::string));
        case "NS" -> new Value.NS(list(this::string));
        case "BS" -> new Value.BS(list(() -> Bytes.fromBase64(string())));
        default ->
            throw refused("one of S, N, B, BOOL, NULL, M, L, SS, NS, BS, not '" + type + "'");
      };
    } catch (Refused e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new Refused("Not DynamoDB JSON at " + place() + ": " + e.getMessage(), e);
    }
  }

  private <T> List<T> list(Element<T> element) throws IOException {
    expect(JsonToken.START_ARRAY, "an array");
    List<T> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(element.read());
    }
    return elements;
  }

  private String string() throws IOException {
    expect(JsonToken.VALUE_STRING, "a string");
    return parser.getText();
  }

  private boolean bool() throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_TRUE
        && parser.currentToken() != JsonToken.VALUE_FALSE) {
      throw refused("true or false");
    }
    return parser.getBooleanValue();
  }

  private Value isNull() {
    expect(JsonToken.VALUE_TRUE, "true after NULL");
    return new Value.Null();
  }

  private void expect(JsonToken token, String expected) {
    if (parser.currentToken() != token) {
      throw refused(expected);
    }
  }

  private Refused refused(String expected) {
    return new Refused("Not DynamoDB JSON at " + place() + ": expected " + expected, null);
  }

  private String place() {
    return "line "
        + parser.currentLocation().getLineNr()
        + ", column "
        + parser.currentLocation().getColumnNr();
  }

  private interface Element<T> {
    T read() throws IOException;
  }

  private static final class Refused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Refused(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
