package dev.afterbay.local.torture.verdict;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.afterbay.local.aws.Json;
import dev.afterbay.local.stream.AttributeJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A digest of what a change tells of an item before and after it. Two spellings of the same images
 * have the same one: the order of attributes and of a set's elements, and the zeros at the end of a
 * number, are nothing.
 */
public final class Images {
  private static final Set<String> SETS = Set.of("SS", "NS", "BS");
  private static final int BYTES = 12;

  private Images() {}

  /** The digest of images as the SDK has them. */
  public static String digest(
      @Nullable Map<String, AttributeValue> after, @Nullable Map<String, AttributeValue> before) {
    return digestOf(tree(after), tree(before));
  }

  /** The digest of images in DynamoDB's JSON. */
  static String digestOfJson(@Nullable String after, @Nullable String before) {
    return digestOf(tree(after), tree(before));
  }

  private static String digestOf(JsonNode after, JsonNode before) {
    StringBuilder text = new StringBuilder();
    append(text, after);
    text.append('|');
    append(text, before);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void append(StringBuilder text, JsonNode node) {
    if (node.isObject()) {
      text.append('{');
      Map<String, JsonNode> fields = new TreeMap<>();
      node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
      fields.forEach((name, value) -> field(text, name, value));
      text.append('}');
    } else if (node.isArray()) {
      text.append('[');
      for (JsonNode element : node) {
        append(text, element);
        text.append(',');
      }
      text.append(']');
    } else {
      text.append(node);
    }
  }

  private static void field(StringBuilder text, String name, JsonNode value) {
    text.append('"').append(name).append("\":");
    if (name.equals("N") && value.isTextual()) {
      text.append(number(value));
    } else if (SETS.contains(name) && value.isArray()) {
      Set<String> elements = new TreeSet<>();
      value.forEach(e -> elements.add(name.equals("NS") ? number(e) : e.toString()));
      text.append(elements);
    } else {
      append(text, value);
    }
    text.append(',');
  }

  private static String number(JsonNode text) {
    return new BigDecimal(text.asText()).stripTrailingZeros().toPlainString();
  }

  private static JsonNode tree(@Nullable String json) {
    return json == null
        ? MissingNode.getInstance()
        : Json.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode tree(@Nullable Map<String, AttributeValue> image) {
    if (image == null) {
      return MissingNode.getInstance();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      AttributeJson.write(json, image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Json.read(out.toByteArray());
  }
}
