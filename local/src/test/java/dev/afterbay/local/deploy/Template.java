package dev.afterbay.local.deploy;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A template of CloudFormation, with the short forms of its functions written out: {@code !Ref X}
 * is {@code {"Ref": "X"}}.
 *
 * @param name of the file
 */
public record Template(String name, ObjectNode root) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Path FOLDER = Path.of("..", "deploy");

  /** A file of {@code deploy/}. */
  public static Template read(String name) {
    try (YAMLParser parser = new YAMLFactory().createParser(text(name))) {
      parser.nextToken();
      return new Template(name, (ObjectNode) value(parser));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** The text of a file of {@code deploy/}. */
  public static String text(String name) {
    try {
      return Files.readString(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A resource by its logical name. */
  public JsonNode resource(String logicalName) {
    JsonNode resource = root.path("Resources").path(logicalName);
    if (resource.isMissingNode()) {
      throw new IllegalArgumentException(name + " has no resource " + logicalName);
    }
    return resource;
  }

  /** The properties of a resource. */
  public JsonNode properties(String logicalName) {
    return resource(logicalName).path("Properties");
  }

  private static JsonNode value(YAMLParser parser) throws IOException {
    @Nullable String tag = parser.getTypeId();
    JsonNode plain = untagged(parser);
    if (tag == null || tag.startsWith("tag:")) {
      return plain;
    }
    return switch (tag) {
      case "Ref", "Condition" -> NODES.objectNode().set(tag, plain);
      case "GetAtt" -> NODES.objectNode().set("Fn::GetAtt", halves(plain.asText()));
      default -> NODES.objectNode().set("Fn::" + tag, plain);
    };
  }

  private static ArrayNode halves(String text) {
    int dot = text.indexOf('.');
    return NODES.arrayNode().add(text.substring(0, dot)).add(text.substring(dot + 1));
  }

  private static JsonNode untagged(YAMLParser parser) throws IOException {
    JsonToken token = Objects.requireNonNull(parser.currentToken());
    return switch (token) {
      case START_OBJECT -> {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          if (object.has(key)) {
            throw new IllegalArgumentException(key + " stands twice in one mapping");
          }
          parser.nextToken();
          object.set(key, value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        yield array;
      }
      case VALUE_NUMBER_INT -> NODES.numberNode(parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> NODES.textNode(parser.getText());
    };
  }
}
