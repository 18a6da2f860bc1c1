package dev.afterbay.local.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.local.aws.Json;
import dev.afterbay.transforms.change.StreamShard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What another process is told about a scripted stream, and what it may say of faults. */
final class ControlReport {
  private final ScriptedStream stream;

  ControlReport(ScriptedStream stream) {
    this.stream = stream;
  }

  /** The streams with their shards, the calls and faults so far, and what was taken away. */
  ObjectNode state() {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    synchronized (stream) {
      state.put("table", stream.table().name().value()).put("records", stream.account().records());
      stream.latestArn().ifPresent(arn -> state.put("streamArn", arn));
      var streams = state.putArray("streams");
      for (Incarnation incarnation : stream.incarnations()) {
        ObjectNode one =
            streams
                .addObject()
                .put("label", incarnation.label().value())
                .put("enabled", incarnation.enabled());
        var shards = one.putArray("shards");
        incarnation.shards().forEach(shard -> shard(shards.addObject(), shard));
      }
    }
    ObjectNode calls = state.putObject("calls");
    for (StreamCall call : StreamCall.values()) {
      calls.put(call.operation(), stream.faults().made(call));
    }
    ObjectNode faults = state.putObject("faults");
    stream.faults().given().forEach(faults::put);
    var losses = state.putArray("losses");
    for (Account.Loss loss : stream.account().losses()) {
      losses
          .addObject()
          .put("stream", loss.shard().stream().value())
          .put("shard", loss.shard().shard().value())
          .put("from", loss.from().padded())
          .put("to", loss.to().padded())
          .put("records", loss.records());
    }
    return state;
  }

  private static void shard(ObjectNode node, Shard shard) {
    node.put("shard", shard.name().shard().value())
        .put("open", shard.open())
        .put("records", shard.end())
        .put("trimmed", shard.horizon());
    Shard parent = shard.parent();
    if (parent != null) {
      node.put("parent", parent.name().shard().value());
    }
  }

  /** The account as JSON lines: every record that was appended, shard by shard. */
  byte[] account() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.setRootValueSeparator(null);
      for (StreamShard shard : stream.account().shards()) {
        for (Account.Line line : stream.account().of(shard)) {
          json.writeStartObject();
          json.writeStringField("stream", shard.stream().value());
          json.writeStringField("shard", shard.shard().value());
          json.writeStringField("sequenceNumber", line.sequenceNumber().padded());
          json.writeStringField("key", line.key());
          json.writeStringField("operation", line.operation());
          json.writeEndObject();
          json.writeRaw('\n');
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The fault that a request describes. */
  static Fault fault(JsonNode asked) {
    String type = Json.text(asked, "type");
    String message = asked.path("message").asText("scripted");
    return switch (type) {
      case "" -> throw new IllegalArgumentException("A fault has a type");
      case "Slow" -> new Fault.Slow(Control.millis(asked));
      case "Silence" -> new Fault.Silence(Control.millis(asked));
      case "InternalServerError" -> Fault.internalError();
      case "ServiceUnavailable" -> Fault.unavailable();
      default -> new Fault.Refusal(type, asked.path("status").asInt(400), message);
    };
  }
}
