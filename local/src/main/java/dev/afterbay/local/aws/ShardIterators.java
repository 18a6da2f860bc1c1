package dev.afterbay.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * GetShardIterator and GetRecords without the engine's false TrimmedDataAccessException.
 *
 * <p>The engine numbers records across all tables. An iterator of a still empty shard stands at a
 * number that another table may take; when the shard's first record comes with a later number, the
 * engine believes that the records between were trimmed. An iterator that was handed out for a
 * place at or after the oldest record cannot be overtaken by trimming within its 15 minutes, so the
 * read is repeated from the horizon. An iterator at a sequence number that the client named may
 * stand before the oldest record; it is marked, and its exception is the client's.
 */
final class ShardIterators {
  private static final String ITERATOR = "ShardIterator";
  private static final String NAMED_PLACE = "|named";

  private ShardIterators() {}

  /** Marks the iterators that stand at a sequence number which the client named. */
  static Operation issuing(Operation engine) {
    return call -> {
      Answer answer = engine.answer(call);
      String type = Json.text(Json.read(call.body()), "ShardIteratorType");
      if (!answer.succeeded() || !type.endsWith("_SEQUENCE_NUMBER")) {
        return answer;
      }
      return Answer.ok(iterator(Json.text(Json.read(answer.body()), ITERATOR) + NAMED_PLACE));
    };
  }

  /** Reads again from the horizon when the engine wrongly reports trimming. */
  static Operation reading(Operation engine) {
    return call -> {
      JsonNode request = Json.read(call.body());
      String iterator = Json.text(request, ITERATOR);
      if (iterator.endsWith(NAMED_PLACE)) {
        return engine.answer(call.withBody(at(request, iterator.replace(NAMED_PLACE, ""))));
      }
      Answer answer = engine.answer(call);
      if (!answer.failedWith("TrimmedDataAccessException")) {
        return answer;
      }
      Answer horizon = engine.answer(call.to("GetShardIterator", horizonOf(iterator)));
      if (!horizon.succeeded()) {
        return answer;
      }
      String fresh = Json.text(Json.read(horizon.body()), ITERATOR);
      return engine.answer(call.withBody(at(request, fresh)));
    };
  }

  private static byte[] iterator(String text) {
    return Json.write(JsonNodeFactory.instance.objectNode().put(ITERATOR, text));
  }

  private static byte[] at(JsonNode request, String iterator) {
    return Json.write(((ObjectNode) request).put(ITERATOR, iterator));
  }

  /** The ARN of the stream that an iterator reads. */
  static String stream(String iterator) {
    return iterator.substring(0, iterator.indexOf('|'));
  }

  /** An iterator reads {@code <stream ARN>|001|base64(<shard>|<sequence number>|<issued>)}. */
  private static byte[] horizonOf(String iterator) {
    int bar = iterator.lastIndexOf('|');
    String place =
        new String(
            Base64.getDecoder().decode(iterator.substring(bar + 1)), StandardCharsets.US_ASCII);
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("StreamArn", stream(iterator));
    request.put("ShardId", place.substring(0, place.indexOf('|')));
    request.put("ShardIteratorType", "TRIM_HORIZON");
    return Json.write(request);
  }
}
