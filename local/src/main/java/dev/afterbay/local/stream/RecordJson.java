package dev.afterbay.local.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.local.aws.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Stream records as they stand in a GetRecords answer, both ways. */
final class RecordJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int COMMON_BYTES = 2_048;

  private RecordJson() {}

  static StoredRecord of(Change change, String sequenceNumber, String eventId) {
    int size = size(change);
    ByteArrayOutputStream out = new ByteArrayOutputStream(COMMON_BYTES);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("eventID", eventId);
      json.writeStringField("eventName", change.operation().name());
      json.writeStringField("eventVersion", "1.1");
      json.writeStringField("eventSource", "aws:dynamodb");
      json.writeStringField("awsRegion", "us-east-1");
      if (change.cause() == Change.Cause.TTL) {
        json.writeObjectFieldStart("userIdentity");
        json.writeStringField("Type", "Service");
        json.writeStringField("PrincipalId", "dynamodb.amazonaws.com");
        json.writeEndObject();
      }
      json.writeObjectFieldStart("dynamodb");
      json.writeFieldName("ApproximateCreationDateTime");
      json.writeRawValue(seconds(change.at()));
      image(json, "Keys", change.keys());
      image(json, "NewImage", change.newImage());
      image(json, "OldImage", change.oldImage());
      json.writeStringField("SequenceNumber", sequenceNumber);
      json.writeNumberField("SizeBytes", size);
      json.writeStringField("StreamViewType", "NEW_AND_OLD_IMAGES");
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new StoredRecord(change.at(), sequenceNumber, size, out.toByteArray());
  }

  /** The keys of a change as compact JSON. */
  static String keys(Change change) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      AttributeJson.write(json, change.keys());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void image(
      JsonGenerator json, String name, @Nullable Map<String, AttributeValue> image)
      throws IOException {
    if (image != null) {
      json.writeFieldName(name);
      AttributeJson.write(json, image);
    }
  }

  private static int size(Change change) {
    return Math.max(
        1,
        ItemSize.of(change.keys())
            + ItemSize.of(change.newImage())
            + ItemSize.of(change.oldImage()));
  }

  /** Whole seconds in the spelling of DynamoDB, such as {@code 1.684934517E9}. */
  static String seconds(Instant at) {
    return Double.toString(at.getEpochSecond());
  }

  static Record read(byte[] json) {
    JsonNode record = Json.read(json);
    Record.Builder builder =
        Record.builder()
            .eventID(text(record, "eventID"))
            .eventName(text(record, "eventName"))
            .eventVersion(text(record, "eventVersion"))
            .eventSource(text(record, "eventSource"))
            .awsRegion(text(record, "awsRegion"));
    if (record.has("userIdentity")) {
      JsonNode identity = record.path("userIdentity");
      builder.userIdentity(
          Identity.builder()
              .type(text(identity, "Type"))
              .principalId(text(identity, "PrincipalId"))
              .build());
    }
    if (record.has("dynamodb")) {
      builder.dynamodb(change(record.path("dynamodb")));
    }
    return builder.build();
  }

  private static StreamRecord change(JsonNode change) {
    StreamRecord.Builder builder =
        StreamRecord.builder()
            .sequenceNumber(text(change, "SequenceNumber"))
            .streamViewType(text(change, "StreamViewType"));
    if (change.has("ApproximateCreationDateTime")) {
      BigDecimal seconds = change.path("ApproximateCreationDateTime").decimalValue();
      builder.approximateCreationDateTime(
          Instant.ofEpochMilli(seconds.movePointRight(3).longValue()));
    }
    if (change.has("SizeBytes")) {
      builder.sizeBytes(change.path("SizeBytes").asLong());
    }
    if (change.has("Keys")) {
      builder.keys(AttributeJson.read(change.path("Keys")));
    }
    if (change.has("NewImage")) {
      builder.newImage(AttributeJson.read(change.path("NewImage")));
    }
    if (change.has("OldImage")) {
      builder.oldImage(AttributeJson.read(change.path("OldImage")));
    }
    return builder.build();
  }

  private static @Nullable String text(JsonNode tree, String field) {
    return tree.has(field) ? tree.path(field).asText() : null;
  }
}
