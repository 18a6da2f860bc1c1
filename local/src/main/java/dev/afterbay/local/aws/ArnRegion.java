package dev.afterbay.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * Translates the region that DynamoDB Local writes into its names, {@code ddblocal}, to the one
 * that clients know. Item contents stay as they are: an attribute's value is always an object, so a
 * plain string under one of the known fields cannot be part of an item.
 */
final class ArnRegion {
  static final String REGION = "us-east-1";
  private static final String INNER = "arn:aws:dynamodb:ddblocal:";
  private static final String OUTER = "arn:aws:dynamodb:" + REGION + ":";
  private static final byte[] INNER_RECORD = ascii("\"awsRegion\":\"ddblocal\"");
  private static final byte[] OUTER_RECORD = ascii("\"awsRegion\":\"" + REGION + "\"");
  private static final byte[] INNER_NEXT = ascii("\"NextShardIterator\":\"" + INNER);
  private static final byte[] OUTER_NEXT = ascii("\"NextShardIterator\":\"" + OUTER);
  private static final Set<String> FIELDS =
      Set.of(
          "TableName",
          "TableArn",
          "IndexArn",
          "StreamArn",
          "LatestStreamArn",
          "ResourceArn",
          "ShardIterator",
          "message",
          "Message");

  private ArnRegion() {}

  /** The ARN of a table as clients know it. */
  static String table(String name) {
    return OUTER + "000000000000:table/" + name;
  }

  static byte[] inward(byte[] request) {
    return rewritten(request, OUTER, INNER);
  }

  static byte[] outward(byte[] response) {
    return rewritten(response, INNER, OUTER);
  }

  /** The same for a GetRecords response, which can be large: without building a tree. */
  static byte[] outwardRecords(byte[] response) {
    byte[] records = Bytes.replace(response, INNER_RECORD, OUTER_RECORD);
    return Bytes.replace(records, INNER_NEXT, OUTER_NEXT);
  }

  private static byte[] rewritten(byte[] body, String from, String to) {
    if (Bytes.indexOf(body, ascii(from), 0) < 0) {
      return body;
    }
    JsonNode tree = Json.read(body);
    rewrite(tree, from, to);
    return Json.write(tree);
  }

  private static void rewrite(JsonNode node, String from, String to) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        if (field.getValue() instanceof TextNode text && FIELDS.contains(field.getKey())) {
          field.setValue(TextNode.valueOf(text.textValue().replace(from, to)));
        }
      }
    }
    node.forEach(child -> rewrite(child, from, to));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
