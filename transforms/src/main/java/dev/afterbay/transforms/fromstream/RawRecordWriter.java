package dev.afterbay.transforms.fromstream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Writes stream records as JSON, leaving out what is not there and judging nothing. */
final class RawRecordWriter {
  /** From the surrogates on everything is escaped, since UTF-8 cannot carry half of a pair. */
  private static final int LAST_PLAIN_CHARACTER = Character.MIN_SURROGATE - 1;

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .highestNonEscapedChar(LAST_PLAIN_CHARACTER)
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
          .build();

  /** What stands for any sensitive value. */
  private static final AttributeValue MASK = AttributeValue.fromS("***");

  private final JsonGenerator json;
  private final Set<String> sensitive;

  private RawRecordWriter(JsonGenerator json, Set<String> sensitive) {
    this.json = json;
    this.sensitive = sensitive;
  }

  static String write(Record record, Set<String> sensitive) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      new RawRecordWriter(json, sensitive).record(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void record(Record record) throws IOException {
    json.writeStartObject();
    text("eventID", record.eventID());
    text("eventName", record.eventNameAsString());
    text("eventVersion", record.eventVersion());
    text("eventSource", record.eventSource());
    text("awsRegion", record.awsRegion());
    StreamRecord change = record.dynamodb();
    if (change != null) {
      json.writeFieldName("dynamodb");
      change(change);
    }
    Identity identity = record.userIdentity();
    if (identity != null) {
      json.writeObjectFieldStart("userIdentity");
      text("type", identity.type());
      text("principalId", identity.principalId());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void change(StreamRecord change) throws IOException {
    json.writeStartObject();
    Instant created = change.approximateCreationDateTime();
    if (created != null) {
      json.writeFieldName("ApproximateCreationDateTime");
      json.writeNumber(seconds(created));
    }
    if (change.hasKeys()) {
      json.writeFieldName("Keys");
      attributes(change.keys());
    }
    if (change.hasNewImage()) {
      json.writeFieldName("NewImage");
      image(change.newImage());
    }
    if (change.hasOldImage()) {
      json.writeFieldName("OldImage");
      image(change.oldImage());
    }
    text("SequenceNumber", change.sequenceNumber());
    if (change.sizeBytes() != null) {
      json.writeNumberField("SizeBytes", change.sizeBytes());
    }
    text("StreamViewType", change.streamViewTypeAsString());
    json.writeEndObject();
  }

  private static String seconds(Instant time) {
    return BigDecimal.valueOf(time.getEpochSecond())
        .add(BigDecimal.valueOf(time.getNano(), 9))
        .stripTrailingZeros()
        .toPlainString();
  }

  private void image(Map<String, AttributeValue> attributes) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      String name = String.valueOf(attribute.getKey());
      json.writeFieldName(name);
      value(sensitive.contains(name) ? MASK : attribute.getValue());
    }
    json.writeEndObject();
  }

  private void attributes(Map<String, AttributeValue> attributes) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      json.writeFieldName(String.valueOf(attribute.getKey()));
      value(attribute.getValue());
    }
    json.writeEndObject();
  }

  /** A value with as many types as it has: DynamoDB gives it one. */
  private void value(@Nullable AttributeValue value) throws IOException {
    if (value == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    text("S", value.s());
    text("N", value.n());
    text("B", base64(value.b()));
    truth("BOOL", value.bool());
    truth("NULL", value.nul());
    if (value.hasM()) {
      json.writeFieldName("M");
      attributes(value.m());
    }
    if (value.hasL()) {
      json.writeArrayFieldStart("L");
      for (AttributeValue element : value.l()) {
        value(element);
      }
      json.writeEndArray();
    }
    if (value.hasSs()) {
      texts("SS", value.ss());
    }
    if (value.hasNs()) {
      texts("NS", value.ns());
    }
    if (value.hasBs()) {
      json.writeArrayFieldStart("BS");
      for (SdkBytes member : value.bs()) {
        json.writeString(base64(member));
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void texts(String name, List<String> members) throws IOException {
    json.writeArrayFieldStart(name);
    for (String member : members) {
      json.writeString(member);
    }
    json.writeEndArray();
  }

  private void text(String name, @Nullable String text) throws IOException {
    if (text != null) {
      json.writeStringField(name, text);
    }
  }

  private void truth(String name, @Nullable Boolean truth) throws IOException {
    if (truth != null) {
      json.writeBooleanField(name, truth);
    }
  }

  private static @Nullable String base64(@Nullable SdkBytes bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
  }
}
