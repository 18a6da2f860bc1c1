package dev.afterbay.reconciliation.export;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.afterbay.transforms.image.DynamoDbJson;
import dev.afterbay.transforms.image.Item;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lines of one export file: JSON values, one after the other. */
final class Lines implements AutoCloseable {
  private final JsonParser parser;
  private long read;

  // Of the line that is read.
  private @Nullable Item item;
  private @Nullable Item keys;
  private @Nullable Item newImage;
  private @Nullable Item oldImage;
  private @Nullable Instant writtenAt;

  Lines(InputStream json) throws IOException {
    this.parser = DynamoDbJson.parser(json);
  }

  /** How many lines were read to their end. */
  long read() {
    return read;
  }

  /**
   * Hands the next line to a visitor.
   *
   * @return whether there was one
   * @throws WrongLineException if it is not a line of an export
   * @throws IOException if the bytes cannot be read or are no text
   */
  boolean visitNext(LineVisitor visitor) throws IOException {
    if (!isParsed()) {
      return false;
    }
    Item full = item;
    if (full != null) {
      visitor.item(full);
    } else {
      visitor.change(change());
    }
    read++;
    return true;
  }

  private boolean isParsed() throws IOException {
    try {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return false;
      }
      line(first);
      return true;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      // Without the cause: its message tells of the content.
      throw new WrongLineException(
          "is not DynamoDB JSON near column " + parser.currentLocation().getColumnNr());
    }
  }

  private void line(JsonToken first) throws IOException {
    item = null;
    keys = null;
    newImage = null;
    oldImage = null;
    writtenAt = null;
    if (first != JsonToken.START_OBJECT) {
      throw new WrongLineException("is not a JSON object");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "Item" -> item = once(name, item);
        case "Keys" -> keys = once(name, keys);
        case "NewImage" -> newImage = once(name, newImage);
        case "OldImage" -> oldImage = once(name, oldImage);
        case "Metadata" -> metadata();
        default -> throw new WrongLineException("has a field that no export has");
      }
    }
    boolean changed = keys != null || newImage != null || oldImage != null || writtenAt != null;
    if ((item != null) == changed) {
      throw new WrongLineException("is neither an item nor the change of one");
    }
  }

  private Item once(String name, @Nullable Item before) throws IOException {
    if (before != null) {
      throw new WrongLineException("has two fields '" + name + "'");
    }
    return DynamoDbJson.item(parser);
  }

  private void metadata() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new WrongLineException("has metadata that are not a JSON object");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if ("WriteTimestampMicros".equals(name)) {
        writtenAt = Instant.EPOCH.plus(micros(), ChronoUnit.MICROS);
      } else {
        parser.skipChildren();
      }
    }
  }

  /** AWS's examples have the number bare, as a string, and as a DynamoDB number. */
  private long micros() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return number();
    }
    if (parser.nextToken() != JsonToken.FIELD_NAME || !"N".equals(parser.currentName())) {
      throw new WrongLineException("has no number for its time of writing");
    }
    parser.nextToken();
    long micros = number();
    if (parser.nextToken() != JsonToken.END_OBJECT) {
      throw new WrongLineException("has more than a number for its time of writing");
    }
    return micros;
  }

  private long number() throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_STRING -> Long.parseLong(parser.getText());
      default -> throw new WrongLineException("has no number for its time of writing");
    };
  }

  private NetChange change() {
    if (keys == null || writtenAt == null) {
      throw new WrongLineException("has no " + (keys == null ? "keys" : "time of writing"));
    }
    return new NetChange(
        writtenAt, keys, Optional.ofNullable(newImage), Optional.ofNullable(oldImage));
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
