package dev.afterbay.local.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attribute values as DynamoDB spells them in JSON, both ways. */
public final class AttributeJson {
  private AttributeJson() {}

  /** Writes attributes as one object. */
  public static void write(JsonGenerator json, Map<String, AttributeValue> attributes)
      throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      json.writeFieldName(attribute.getKey());
      write(json, attribute.getValue());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, AttributeValue value) throws IOException {
    json.writeStartObject();
    switch (value.type()) {
      case S -> json.writeStringField("S", value.s());
      case N -> json.writeStringField("N", value.n());
      case B -> json.writeStringField("B", base64(value.b()));
      case BOOL -> json.writeBooleanField("BOOL", value.bool());
      case NUL -> json.writeBooleanField("NULL", value.nul());
      case SS -> texts(json, "SS", value.ss());
      case NS -> texts(json, "NS", value.ns());
      case BS -> texts(json, "BS", value.bs().stream().map(AttributeJson::base64).toList());
      case L -> {
        json.writeArrayFieldStart("L");
        for (AttributeValue element : value.l()) {
          write(json, element);
        }
        json.writeEndArray();
      }
      case M -> {
        json.writeFieldName("M");
        write(json, value.m());
      }
      case UNKNOWN_TO_SDK_VERSION -> {
        // A value of no type at all, which a script may want.
      }
    }
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String type, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(type);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
  }

  static Map<String, AttributeValue> read(JsonNode attributes) {
    Map<String, AttributeValue> read = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
      read.put(attribute.getKey(), value(attribute.getValue()));
    }
    return read;
  }

  /** A value of a type that the SDK does not know comes out without type, as in the SDK. */
  private static AttributeValue value(JsonNode typed) {
    if (typed.size() != 1) {
      return AttributeValue.builder().build();
    }
    Map.Entry<String, JsonNode> only = typed.properties().iterator().next();
    JsonNode value = only.getValue();
    return switch (only.getKey()) {
      case "S" -> AttributeValue.fromS(value.asText());
      case "N" -> AttributeValue.fromN(value.asText());
      case "B" -> AttributeValue.fromB(bytes(value));
      case "BOOL" -> AttributeValue.fromBool(value.asBoolean());
      case "NULL" -> AttributeValue.fromNul(value.asBoolean());
      case "SS" -> AttributeValue.fromSs(elements(value, JsonNode::asText));
      case "NS" -> AttributeValue.fromNs(elements(value, JsonNode::asText));
      case "BS" -> AttributeValue.fromBs(elements(value, AttributeJson::bytes));
      case "L" -> AttributeValue.fromL(elements(value, AttributeJson::value));
      case "M" -> AttributeValue.fromM(read(value));
      default -> AttributeValue.builder().build();
    };
  }

  private static <T> List<T> elements(JsonNode array, Function<JsonNode, T> element) {
    return StreamSupport.stream(array.spliterator(), false).map(element).toList();
  }

  private static SdkBytes bytes(JsonNode base64) {
    return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(base64.asText()));
  }
}
