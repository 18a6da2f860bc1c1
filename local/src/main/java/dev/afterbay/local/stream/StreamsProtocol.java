package dev.afterbay.local.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.local.aws.Answer;
import dev.afterbay.local.aws.Json;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ListStreamsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListStreamsResponse;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardFilter;
import software.amazon.awssdk.services.dynamodb.model.Stream;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;

/** The four calls in the JSON of DynamoDB Streams. */
final class StreamsProtocol {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final StreamCalls calls;

  StreamsProtocol(StreamCalls calls) {
    this.calls = calls;
  }

  Answer answer(StreamCall call, JsonNode request) {
    try {
      return Answer.ok(
          switch (call) {
            case LIST_STREAMS -> listStreams(request);
            case DESCRIBE_STREAM -> describeStream(request);
            case GET_SHARD_ITERATOR -> getShardIterator(request);
            case GET_RECORDS -> getRecords(request);
          });
    } catch (RefusedException e) {
      return refusal(e.refusal());
    }
  }

  static Answer refusal(Fault.Refusal refusal) {
    String space =
        switch (refusal.type()) {
          case "ValidationException" -> "com.amazon.coral.validate#";
          case "AccessDeniedException", "UnknownOperationException" -> "com.amazon.coral.service#";
          default -> "com.amazonaws.dynamodb.v20120810#";
        };
    ObjectNode body = NODES.objectNode();
    body.put("__type", space + refusal.type()).put("message", refusal.message());
    return new Answer(refusal.status(), Json.write(body));
  }

  private byte[] listStreams(JsonNode request) {
    ListStreamsResponse list =
        calls.listStreams(
            ListStreamsRequest.builder()
                .tableName(text(request, "TableName"))
                .exclusiveStartStreamArn(text(request, "ExclusiveStartStreamArn"))
                .limit(number(request, "Limit"))
                .build());
    ObjectNode body = NODES.objectNode();
    put(body, "LastEvaluatedStreamArn", list.lastEvaluatedStreamArn());
    ArrayNode streams = body.putArray("Streams");
    for (Stream stream : list.streams()) {
      streams
          .addObject()
          .put("StreamArn", stream.streamArn())
          .put("TableName", stream.tableName())
          .put("StreamLabel", stream.streamLabel());
    }
    return Json.write(body);
  }

  private byte[] describeStream(JsonNode request) {
    DescribeStreamRequest.Builder asked =
        DescribeStreamRequest.builder()
            .streamArn(text(request, "StreamArn"))
            .exclusiveStartShardId(text(request, "ExclusiveStartShardId"))
            .limit(number(request, "Limit"));
    if (request.hasNonNull("ShardFilter")) {
      JsonNode filter = request.path("ShardFilter");
      asked.shardFilter(
          ShardFilter.builder()
              .type(text(filter, "Type"))
              .shardId(text(filter, "ShardId"))
              .build());
    }
    StreamDescription description = calls.describeStream(asked.build()).streamDescription();
    ObjectNode body = NODES.objectNode();
    ObjectNode described = body.putObject("StreamDescription");
    described
        .put("CreationRequestDateTime", description.creationRequestDateTime().toEpochMilli() / 1e3)
        .put("StreamArn", description.streamArn())
        .put("StreamLabel", description.streamLabel())
        .put("StreamStatus", description.streamStatusAsString())
        .put("StreamViewType", description.streamViewTypeAsString())
        .put("TableName", description.tableName());
    put(described, "LastEvaluatedShardId", description.lastEvaluatedShardId());
    keySchema(described, description.keySchema());
    ArrayNode shards = described.putArray("Shards");
    description.shards().forEach(shard -> shards.add(shard(shard)));
    return Json.write(body);
  }

  static void keySchema(ObjectNode parent, Iterable<KeySchemaElement> keys) {
    ArrayNode schema = parent.putArray("KeySchema");
    for (KeySchemaElement key : keys) {
      schema
          .addObject()
          .put("AttributeName", key.attributeName())
          .put("KeyType", key.keyTypeAsString());
    }
  }

  private static ObjectNode shard(Shard shard) {
    ObjectNode node = NODES.objectNode().put("ShardId", shard.shardId());
    put(node, "ParentShardId", shard.parentShardId());
    ObjectNode range = node.putObject("SequenceNumberRange");
    put(range, "StartingSequenceNumber", shard.sequenceNumberRange().startingSequenceNumber());
    put(range, "EndingSequenceNumber", shard.sequenceNumberRange().endingSequenceNumber());
    return node;
  }

  private byte[] getShardIterator(JsonNode request) {
    String iterator =
        calls
            .getShardIterator(
                GetShardIteratorRequest.builder()
                    .streamArn(text(request, "StreamArn"))
                    .shardId(text(request, "ShardId"))
                    .shardIteratorType(text(request, "ShardIteratorType"))
                    .sequenceNumber(text(request, "SequenceNumber"))
                    .build())
            .shardIterator();
    return Json.write(NODES.objectNode().put("ShardIterator", iterator));
  }

  private byte[] getRecords(JsonNode request) {
    return calls
        .getRecords(
            GetRecordsRequest.builder()
                .shardIterator(Json.text(request, "ShardIterator"))
                .limit(number(request, "Limit"))
                .build())
        .json();
  }

  private static void put(ObjectNode node, String field, @Nullable String value) {
    if (value != null) {
      node.put(field, value);
    }
  }

  private static @Nullable String text(JsonNode request, String field) {
    return request.hasNonNull(field) ? request.path(field).asText() : null;
  }

  private static @Nullable Integer number(JsonNode request, String field) {
    return request.hasNonNull(field) ? Integer.valueOf(request.path(field).asInt()) : null;
  }
}
