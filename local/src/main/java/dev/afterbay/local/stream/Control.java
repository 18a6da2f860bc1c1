package dev.afterbay.local.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.local.aws.Answer;
import dev.afterbay.local.aws.Json;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The script from another process: {@code POST /_afterbay/<verb>} with a JSON object, {@code GET
 * /_afterbay/state} and {@code GET /_afterbay/account}.
 */
final class Control implements AutoCloseable {
  static final String ROOT = "/_afterbay/";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int FAR_TOO_MANY = 50_000_000;

  private final ScriptedStream stream;
  private final ScriptedItems items;
  private final Map<String, Function<JsonNode, ObjectNode>> verbs;
  private GeneratedChanges changes;
  private @Nullable SteadyLoad load;

  Control(ScriptedStream stream, GeneratedChanges changes) {
    this.stream = stream;
    this.changes = changes;
    this.items = new ScriptedItems(stream.table(), stream::now);
    this.verbs = new TreeMap<>();
    verbs.put("append", this::append);
    verbs.put("clear-faults", this::clearFaults);
    verbs.put("delete", asked -> one(items.delete(AttributeJson.read(asked.path("key")))));
    verbs.put("disable", this::disable);
    verbs.put("enable", this::enable);
    verbs.put("fault", this::fault);
    verbs.put("forget", this::forget);
    verbs.put("load", this::load);
    verbs.put("put", asked -> one(items.put(AttributeJson.read(asked.path("item")))));
    verbs.put("roll", asked -> opened(succeed(asked, shard -> List.of(stream.roll(shard)))));
    verbs.put("roll-shards", asked -> opened(stream.rollAll()));
    verbs.put("shape", this::shape);
    verbs.put("split", asked -> opened(succeed(asked, stream::split)));
    verbs.put("trim", this::trim);
    verbs.put("vanish", this::vanish);
  }

  /** One request at a time. */
  synchronized Answer answer(String method, String path, byte[] body) {
    String verb = path.substring(ROOT.length());
    try {
      if (method.equals("GET") && verb.equals("state")) {
        return Answer.ok(Json.write(new ControlReport(stream).state()));
      }
      if (method.equals("GET") && verb.equals("account")) {
        return Answer.ok(new ControlReport(stream).account());
      }
      Function<JsonNode, ObjectNode> action = verbs.get(verb);
      if (!method.equals("POST") || action == null) {
        return refused(
            "There is no %s %s; there are GET state, GET account and POST %s"
                .formatted(method, verb, verbs.keySet()));
      }
      JsonNode asked = body.length == 0 ? NODES.objectNode() : Json.read(body);
      return Answer.ok(Json.write(action.apply(asked)));
    } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
      return refused(String.valueOf(e.getMessage()));
    }
  }

  private static Answer refused(String message) {
    return StreamsProtocol.refusal(Fault.Refusal.invalid(message));
  }

  @Override
  public synchronized void close() {
    if (load != null) {
      load.close();
      load = null;
    }
  }

  /** {@code {"records":n}}: generated changes, each in the shard of its key. */
  private ObjectNode append(JsonNode asked) {
    int records = number(asked, "records", 1);
    for (int i = 0; i < records; i++) {
      synchronized (stream) {
        stream.append(changes.get());
      }
    }
    return NODES.objectNode().put("appended", records).put("total", stream.account().records());
  }

  /** {@code {"keys":n,"skew":x,"bytes":n,"removals":x,"expiries":x,"backwards":x,"seed":n}}. */
  private ObjectNode shape(JsonNode asked) {
    if (stream.account().records() > 0) {
      throw new IllegalStateException("The shape is settled before the first record");
    }
    GeneratedChanges.Shape ordinary = GeneratedChanges.Shape.ORDINARY;
    GeneratedChanges.Shape shape =
        new GeneratedChanges.Shape(
            number(asked, "keys", ordinary.keys()),
            asked.path("skew").asDouble(ordinary.skew()),
            number(asked, "bytes", ordinary.bytes()),
            asked.path("removals").asDouble(ordinary.removals()),
            asked.path("expiries").asDouble(ordinary.expiries()),
            asked.path("backwards").asDouble(ordinary.backwards()));
    long seed = asked.path("seed").asLong(stream.settings().seed());
    changes = new GeneratedChanges(stream.table(), shape, seed, stream::now);
    return NODES.objectNode();
  }

  /** {@code {"perSecond":n}}: generated changes from now on; 0 ends them. */
  private ObjectNode load(JsonNode asked) {
    close();
    int perSecond = number(asked, "perSecond", 0);
    if (perSecond > 0) {
      load = SteadyLoad.start(stream, changes, perSecond);
    }
    return NODES.objectNode().put("total", stream.account().records());
  }

  private ObjectNode one(Optional<Change> change) {
    ObjectNode answer = NODES.objectNode();
    change.ifPresent(some -> answer.put("sequenceNumber", stream.append(some).padded()));
    return answer;
  }

  private ObjectNode disable(JsonNode asked) {
    stream.disable();
    return NODES.objectNode();
  }

  /** {@code {"shards":n}}. */
  private ObjectNode enable(JsonNode asked) {
    stream.enable(number(asked, "shards", 1));
    return opened(stream.openShards()).put("streamArn", stream.latestArn().orElseThrow());
  }

  /** {@code {"label":"…"}}. */
  private ObjectNode forget(JsonNode asked) {
    stream.forget(new StreamLabel(Json.text(asked, "label")));
    return NODES.objectNode();
  }

  /** The shard that is named, or every open one. */
  private List<StreamShard> succeed(
      JsonNode asked, Function<StreamShard, List<StreamShard>> action) {
    List<StreamShard> chosen =
        asked.hasNonNull("shard") ? List.of(named(asked)) : stream.openShards();
    return chosen.stream().flatMap(shard -> action.apply(shard).stream()).toList();
  }

  private static ObjectNode opened(List<StreamShard> shards) {
    ObjectNode answer = NODES.objectNode();
    ArrayNode ids = answer.putArray("shards");
    shards.forEach(shard -> ids.add(shard.shard().value()));
    return answer;
  }

  /** {@code {"shard":"…","records":n}}. */
  private ObjectNode trim(JsonNode asked) {
    ObjectNode answer = NODES.objectNode().put("records", 0);
    stream
        .trim(named(asked), number(asked, "records", FAR_TOO_MANY))
        .ifPresent(
            loss ->
                answer
                    .put("from", loss.from().padded())
                    .put("to", loss.to().padded())
                    .put("records", loss.records()));
    return answer;
  }

  private ObjectNode vanish(JsonNode asked) {
    stream.vanish(named(asked));
    return NODES.objectNode();
  }

  /**
   * {@code {"call":"GetRecords","shard":"…","times":n,"probability":x,"type":"…","status":n,
   * "message":"…","millis":n}}; the type {@code Slow} or {@code Silence}, or that of an error.
   */
  private ObjectNode fault(JsonNode asked) {
    StreamCall call =
        StreamCall.named(Json.text(asked, "call"))
            .orElseThrow(
                () -> new IllegalArgumentException("No call: " + Json.text(asked, "call")));
    Fault fault = ControlReport.fault(asked);
    if (asked.hasNonNull("probability")) {
      stream.faults().sometimes(call, asked.path("probability").asDouble(), fault);
    } else if (asked.hasNonNull("shard")) {
      stream
          .faults()
          .next(call, new ShardId(Json.text(asked, "shard")), number(asked, "times", 1), fault);
    } else {
      stream.faults().next(call, number(asked, "times", 1), fault);
    }
    return NODES.objectNode();
  }

  private ObjectNode clearFaults(JsonNode asked) {
    stream.faults().clear();
    return NODES.objectNode();
  }

  private StreamShard named(JsonNode asked) {
    ShardId id = new ShardId(Json.text(asked, "shard"));
    return stream.account().shards().stream()
        .filter(shard -> shard.shard().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no shard " + id));
  }

  private static int number(JsonNode asked, String field, int otherwise) {
    int value = asked.path(field).asInt(otherwise);
    if (value < 0 || value > FAR_TOO_MANY) {
      throw new IllegalArgumentException(
          "'%s' is 0 to %d, not %d".formatted(field, FAR_TOO_MANY, value));
    }
    return value;
  }

  static Duration millis(JsonNode asked) {
    return Duration.ofMillis(number(asked, "millis", 1_000));
  }
}
