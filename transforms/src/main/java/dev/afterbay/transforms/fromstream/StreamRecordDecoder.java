package dev.afterbay.transforms.fromstream;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Turns records of a DynamoDB stream, as the SDK delivers them, into change events. */
public final class StreamRecordDecoder {
  private static final String REPORT =
      "DynamoDB does not send this: keep the raw record and report it";
  private static final String UPDATE =
      "Keep the raw record, and replay it with a version of Afterbay that can read it";
  private static final String VIEW_TYPE =
      "The stream's view type must be NEW_AND_OLD_IMAGES: enable the stream anew with it";

  private final Record record;

  private StreamRecordDecoder(Record record) {
    this.record = record;
  }

  /**
   * Decodes one record, whole or not at all.
   *
   * @throws UndecodableRecordException if something is missing, malformed or unknown
   */
  public static ChangeEvent decode(Record record) throws UndecodableRecordException {
    return new StreamRecordDecoder(record).decode();
  }

  /**
   * An item that a request has returned.
   *
   * @throws IllegalArgumentException if it has a value that DynamoDB cannot hold, or that we do not
   *     know
   */
  public static Item item(Map<String, AttributeValue> attributes) {
    try {
      return AttributeDecoder.decode("the item", attributes);
    } catch (UnusableAttribute e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private ChangeEvent decode() throws UndecodableRecordException {
    StreamRecord change = required("dynamodb", record.dynamodb());
    SequenceNumber sequenceNumber = sequenceNumber(change);
    String eventId = eventId();
    Instant created = required("ApproximateCreationDateTime", change.approximateCreationDateTime());
    Operation operation = operation();
    Image keys = required("Keys", image("Keys", change.hasKeys(), change.keys()));
    if (keys.item().attributes().isEmpty()) {
      throw undecodable("has empty Keys", REPORT, null);
    }
    Image newImage = image("NewImage", change.hasNewImage(), change.newImage());
    Image oldImage = image("OldImage", change.hasOldImage(), change.oldImage());
    if (newImage == null && operation != Operation.REMOVE) {
      throw undecodable("has no NewImage, though it is of kind " + operation, VIEW_TYPE, null);
    }
    if (oldImage == null && operation != Operation.INSERT) {
      throw undecodable("has no OldImage, though it is of kind " + operation, VIEW_TYPE, null);
    }
    return new ChangeEvent(
        operation,
        created,
        sequenceNumber,
        eventId,
        operation == Operation.REMOVE && isTtl(record.userIdentity()),
        keys,
        newImage,
        oldImage);
  }

  private String eventId() throws UndecodableRecordException {
    String eventId = required("eventID", record.eventID());
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(eventId)) {
      throw undecodable("has an eventID with half a surrogate pair", REPORT, null);
    }
    return eventId;
  }

  private SequenceNumber sequenceNumber(StreamRecord change) throws UndecodableRecordException {
    String text = required("SequenceNumber", change.sequenceNumber());
    try {
      return SequenceNumber.parse(text);
    } catch (IllegalArgumentException e) {
      throw undecodable(
          "has an unusable SequenceNumber. " + e.getMessage(),
          "has an unusable SequenceNumber",
          REPORT,
          e);
    }
  }

  private Operation operation() throws UndecodableRecordException {
    String name = required("eventName", record.eventNameAsString());
    return switch (record.eventName()) {
      case INSERT -> Operation.INSERT;
      case MODIFY -> Operation.MODIFY;
      case REMOVE -> Operation.REMOVE;
      case UNKNOWN_TO_SDK_VERSION ->
          throw undecodable("has the unknown eventName '" + abbreviated(name) + "'", UPDATE, null);
    };
  }

  private @Nullable Image image(
      String place, boolean present, Map<String, AttributeValue> attributes)
      throws UndecodableRecordException {
    if (!present) {
      return null;
    }
    try {
      return Image.of(AttributeDecoder.decode(place, attributes));
    } catch (UnusableAttribute e) {
      throw undecodable(
          "has an unusable attribute: " + e.getMessage(),
          "has " + e.summary() + " in " + place,
          UPDATE,
          e);
    }
  }

  private <T> T required(String name, @Nullable T value) throws UndecodableRecordException {
    if (value == null) {
      throw undecodable("has no " + name, REPORT, null);
    }
    return value;
  }

  private UndecodableRecordException undecodable(
      String what, String wayOut, @Nullable Throwable cause) {
    return undecodable(what, what, wayOut, cause);
  }

  private UndecodableRecordException undecodable(
      String what, String reason, String wayOut, @Nullable Throwable cause) {
    StreamRecord change = record.dynamodb();
    return new UndecodableRecordException(
        "The stream record with event id "
            + record.eventID()
            + " and sequence number "
            + (change == null ? null : change.sequenceNumber())
            + " "
            + what
            + ". "
            + wayOut
            + ".",
        reason,
        cause);
  }

  private static String abbreviated(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  private static boolean isTtl(@Nullable Identity identity) {
    return identity != null
        && "Service".equals(identity.type())
        && "dynamodb.amazonaws.com".equals(identity.principalId());
  }
}
