package dev.afterbay.transforms.fromstream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Reads stream records from JSON as the SDK would: what it does not know it skips. */
final class RawRecordReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .build())
          .build();

  /** Any escape in a JSON text; the group is there if it stands for a surrogate. */
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:u([dD][89a-fA-F][0-9a-fA-F]{2})|.)");

  /** More digits before or after the point has neither a size nor a time. */
  private static final int MOST_DIGITS = 20;

  private final JsonParser parser;

  private RawRecordReader(JsonParser parser) {
    this.parser = parser;
  }

  static Record read(String text) {
    try (JsonParser parser = JSON.createParser(withPlainSurrogates(text))) {
      RawRecordReader reader = new RawRecordReader(parser);
      parser.nextToken();
      Record record = reader.record();
      if (parser.nextToken() != null) {
        throw reader.refused("the end of the text");
      }
      return record;
    } catch (JsonProcessingException e) {
      // Its message would quote the text.
      throw new IllegalArgumentException(
          "Not a stream record: no JSON at column " + e.getLocation().getColumnNr(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The text with surrogates as they are instead of escaped: the parser refuses half of an escaped
   * pair in a name.
   */
  private static String withPlainSurrogates(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(
                    escape.group(1) == null
                        ? escape.group()
                        : Character.toString((char) Integer.parseInt(escape.group(1), 16))));
  }

  private Record record() throws IOException {
    Record.Builder record = Record.builder();
    object(
        field -> {
          switch (field) {
            case "eventID" -> record.eventID(text());
            case "eventName" -> record.eventName(text());
            case "eventVersion" -> record.eventVersion(text());
            case "eventSource" -> record.eventSource(text());
            case "awsRegion" -> record.awsRegion(text());
            case "dynamodb" -> record.dynamodb(isNull() ? null : change());
            case "userIdentity" -> record.userIdentity(isNull() ? null : identity());
            default -> parser.skipChildren();
          }
        });
    return record.build();
  }

  private Identity identity() throws IOException {
    Identity.Builder identity = Identity.builder();
    object(
        field -> {
          switch (field) {
            case "type", "Type" -> identity.type(text());
            case "principalId", "PrincipalId" -> identity.principalId(text());
            default -> parser.skipChildren();
          }
        });
    return identity.build();
  }

  private StreamRecord change() throws IOException {
    StreamRecord.Builder change = StreamRecord.builder();
    object(
        field -> {
          switch (field) {
            case "ApproximateCreationDateTime" -> change.approximateCreationDateTime(time());
            case "Keys" -> change.keys(attributes());
            case "NewImage" -> change.newImage(attributes());
            case "OldImage" -> change.oldImage(attributes());
            case "SequenceNumber" -> change.sequenceNumber(text());
            case "SizeBytes" -> change.sizeBytes(isNull() ? null : number().longValue());
            case "StreamViewType" -> change.streamViewType(text());
            default -> parser.skipChildren();
          }
        });
    return change.build();
  }

  private @Nullable Map<String, AttributeValue> attributes() throws IOException {
    if (isNull()) {
      return null;
    }
    Map<String, @Nullable AttributeValue> attributes = new LinkedHashMap<>();
    object(name -> attributes.put(name, value()));
    return attributes;
  }

  private @Nullable AttributeValue value() throws IOException {
    if (isNull()) {
      return null;
    }
    AttributeValue.Builder value = AttributeValue.builder();
    object(
        type -> {
          switch (type) {
            case "S" -> value.s(text());
            case "N" -> value.n(text());
            case "B" -> value.b(bytes());
            case "BOOL" -> value.bool(truth());
            case "NULL" -> value.nul(truth());
            case "M" -> value.m(attributes());
            case "L" -> value.l(list(this::value));
            case "SS" -> value.ss(list(this::text));
            case "NS" -> value.ns(list(this::text));
            case "BS" -> value.bs(list(this::bytes));
            default -> parser.skipChildren();
          }
        });
    return value.build();
  }

  private void object(Fields fields) throws IOException {
    expect(JsonToken.START_OBJECT, "an object");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      fields.read(name);
    }
  }

  private <T> @Nullable List<@Nullable T> list(Element<T> element) throws IOException {
    if (isNull()) {
      return null;
    }
    expect(JsonToken.START_ARRAY, "an array");
    List<@Nullable T> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(element.read());
    }
    return elements;
  }

  private @Nullable String text() throws IOException {
    if (isNull()) {
      return null;
    }
    expect(JsonToken.VALUE_STRING, "a string");
    return parser.getText();
  }

  private @Nullable SdkBytes bytes() throws IOException {
    String base64 = text();
    if (base64 == null) {
      return null;
    }
    try {
      return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw refused("bytes in base64");
    }
  }

  private @Nullable Boolean truth() throws IOException {
    if (isNull()) {
      return null;
    }
    if (!parser.currentToken().isBoolean()) {
      throw refused("true or false");
    }
    return parser.getBooleanValue();
  }

  private @Nullable Instant time() throws IOException {
    if (isNull()) {
      return null;
    }
    BigDecimal seconds = number();
    try {
      long whole = seconds.setScale(0, RoundingMode.FLOOR).longValueExact();
      long nanos = seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue();
      return Instant.ofEpochSecond(whole, nanos);
    } catch (ArithmeticException | DateTimeException e) {
      throw refused("a time in seconds");
    }
  }

  private BigDecimal number() throws IOException {
    if (!parser.currentToken().isNumeric()) {
      throw refused("a number");
    }
    BigDecimal number = parser.getDecimalValue();
    if ((long) number.precision() - number.scale() > MOST_DIGITS || number.scale() > MOST_DIGITS) {
      throw refused("a size or a time");
    }
    return number;
  }

  private boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  private void expect(JsonToken token, String expected) {
    if (parser.currentToken() != token) {
      throw refused(expected);
    }
  }

  private IllegalArgumentException refused(String expected) {
    return new IllegalArgumentException(
        "Not a stream record: expected "
            + expected
            + " at column "
            + parser.currentLocation().getColumnNr());
  }

  private interface Fields {
    void read(String name) throws IOException;
  }

  private interface Element<T> {
    @Nullable T read() throws IOException;
  }
}
