package dev.afterbay.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * DescribeStream with a ShardFilter, which the engine ignores: all pages are read, and the shards
 * with the wanted parent are kept.
 */
final class ChildShards implements Operation {
  private static final String LAST = "LastEvaluatedShardId";
  private final Operation engine;

  ChildShards(Operation engine) {
    this.engine = engine;
  }

  @Override
  public Answer answer(Call call) {
    JsonNode request = Json.read(call.body());
    JsonNode filter = request.path("ShardFilter");
    if (!Json.text(filter, "Type").equals("CHILD_SHARDS")) {
      return engine.answer(call);
    }
    return children(call, Json.text(request, "StreamArn"), Json.text(filter, "ShardId"));
  }

  private Answer children(Call call, String stream, String parent) {
    ArrayNode kept = JsonNodeFactory.instance.arrayNode();
    ObjectNode page = JsonNodeFactory.instance.objectNode().put("StreamArn", stream);
    while (true) {
      Answer answer = engine.answer(call.withBody(Json.write(page)));
      if (!answer.succeeded()) {
        return answer;
      }
      JsonNode body = Json.read(answer.body());
      ObjectNode description = (ObjectNode) body.path("StreamDescription");
      for (JsonNode shard : description.path("Shards")) {
        if (Json.text(shard, "ParentShardId").equals(parent)) {
          kept.add(shard);
        }
      }
      if (!description.hasNonNull(LAST)) {
        description.set("Shards", kept);
        return Answer.ok(Json.write(body));
      }
      page.put("ExclusiveStartShardId", Json.text(description, LAST));
    }
  }
}
