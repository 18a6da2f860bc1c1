package dev.afterbay.local.stream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.local.aws.Answer;
import dev.afterbay.local.aws.Json;
import dev.afterbay.transforms.toavro.KeyAttribute;

/** DescribeTable of the scripted table. */
final class TableDescriptionJson {
  private TableDescriptionJson() {}

  static Answer of(ScriptedStream stream) {
    ScriptedTable table = stream.table();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode described = body.putObject("Table");
    described
        .put("TableName", table.name().value())
        .put("TableArn", table.arn())
        .put("TableStatus", "ACTIVE")
        .put("ItemCount", 0)
        .put("TableSizeBytes", 0);
    ArrayNode attributes = described.putArray("AttributeDefinitions");
    for (KeyAttribute key : table.keys()) {
      attributes
          .addObject()
          .put("AttributeName", key.name())
          .put("AttributeType", key.type().name());
    }
    StreamsProtocol.keySchema(described, StreamCalls.keySchema(table));
    described.putObject("BillingModeSummary").put("BillingMode", "PAY_PER_REQUEST");
    synchronized (stream) {
      stream.current().ifPresent(latest -> stream(described, latest));
    }
    return Answer.ok(Json.write(body));
  }

  /** The newest stream is named even when it is disabled. */
  private static void stream(ObjectNode described, Incarnation latest) {
    described
        .put("LatestStreamArn", latest.arn())
        .put("LatestStreamLabel", latest.label().value())
        .put("CreationDateTime", latest.created().toEpochMilli() / 1e3);
    if (latest.enabled()) {
      described
          .putObject("StreamSpecification")
          .put("StreamEnabled", true)
          .put("StreamViewType", "NEW_AND_OLD_IMAGES");
    }
  }
}
