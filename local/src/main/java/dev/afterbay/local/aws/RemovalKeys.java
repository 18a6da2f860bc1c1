package dev.afterbay.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * GetRecords whose removals by time-to-live name the keys of the table only; the engine adds the
 * keys of the table's indexes to them.
 */
final class RemovalKeys implements Operation {
  private static final byte[] USER_IDENTITY =
      "\"userIdentity\":{".getBytes(StandardCharsets.US_ASCII);

  private final Operation reading;
  private final Operation engine;
  private final Map<String, Set<String>> keysOfStreams = new ConcurrentHashMap<>();

  RemovalKeys(Operation reading, Operation engine) {
    this.reading = reading;
    this.engine = engine;
  }

  @Override
  public Answer answer(Call call) {
    Answer answer = reading.answer(call);
    if (!answer.succeeded() || Bytes.indexOf(answer.body(), USER_IDENTITY, 0) < 0) {
      return answer;
    }
    String stream = ShardIterators.stream(Json.text(Json.read(call.body()), "ShardIterator"));
    Set<String> keys = keysOfStreams.computeIfAbsent(stream, arn -> keys(call, arn));
    JsonNode body = Json.read(answer.body());
    for (JsonNode record : body.path("Records")) {
      if (record.has("userIdentity")
          && record.path("dynamodb").path("Keys") instanceof ObjectNode named) {
        named.retain(keys);
      }
    }
    return Answer.ok(Json.write(body));
  }

  private Set<String> keys(Call call, String stream) {
    byte[] request = Json.write(JsonNodeFactory.instance.objectNode().put("StreamArn", stream));
    JsonNode description = Json.read(engine.answer(call.to("DescribeStream", request)).body());
    return StreamSupport.stream(
            description.path("StreamDescription").path("KeySchema").spliterator(), false)
        .map(key -> Json.text(key, "AttributeName"))
        .collect(Collectors.toUnmodifiableSet());
  }
}
