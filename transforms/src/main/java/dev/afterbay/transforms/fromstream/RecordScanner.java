package dev.afterbay.transforms.fromstream;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.wire.ItemScanner;
import dev.afterbay.transforms.wire.JsonBytes;
import dev.afterbay.transforms.wire.UnusualJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads stream records of a page, one at a time. */
final class RecordScanner {
  private static final byte[] EVENT_ID = bytes("eventID");
  private static final byte[] EVENT_NAME = bytes("eventName");
  private static final byte[] EVENT_VERSION = bytes("eventVersion");
  private static final byte[] EVENT_SOURCE = bytes("eventSource");
  private static final byte[] AWS_REGION = bytes("awsRegion");
  private static final byte[] USER_IDENTITY = bytes("userIdentity");
  private static final byte[] DYNAMODB = bytes("dynamodb");
  private static final byte[] CREATED = bytes("ApproximateCreationDateTime");
  private static final byte[] KEYS = bytes("Keys");
  private static final byte[] NEW_IMAGE = bytes("NewImage");
  private static final byte[] OLD_IMAGE = bytes("OldImage");
  private static final byte[] SEQUENCE_NUMBER = bytes("SequenceNumber");
  private static final byte[] SIZE_BYTES = bytes("SizeBytes");
  private static final byte[] STREAM_VIEW_TYPE = bytes("StreamViewType");
  private static final byte[] TYPE = bytes("Type");
  private static final byte[] PRINCIPAL_ID = bytes("PrincipalId");
  private static final byte[] RAW_TYPE = bytes("type");
  private static final byte[] RAW_PRINCIPAL_ID = bytes("principalId");
  private static final byte[] SERVICE = bytes("Service");
  private static final byte[] DYNAMODB_SERVICE = bytes("dynamodb.amazonaws.com");
  private static final byte[] INSERT = bytes("INSERT");
  private static final byte[] MODIFY = bytes("MODIFY");
  private static final byte[] REMOVE = bytes("REMOVE");

  private final JsonBytes json;
  private final ItemScanner items;

  /** Fields that were seen in the record, for each may come but once. */
  private int seen;

  private @Nullable String eventId;
  private @Nullable Operation operation;
  private boolean service;
  private boolean dynamoDb;
  private @Nullable Instant created;
  private @Nullable Image keys;
  private @Nullable Image newImage;
  private @Nullable Image oldImage;
  private @Nullable String number;

  RecordScanner(JsonBytes json) {
    this.json = json;
    this.items = new ItemScanner(json);
  }

  /** Reads the record at a place; null if there is something unusual about it. */
  @Nullable WireRecord read(int from) {
    clear();
    json.moveTo(from);
    try {
      record();
      return new WireRecord(json.bytes(), from, json.position(), required(number), change());
    } catch (UnusualJson e) {
      return null;
    }
  }

  private void clear() {
    seen = 0;
    eventId = null;
    operation = null;
    service = false;
    dynamoDb = false;
    created = null;
    keys = null;
    newImage = null;
    oldImage = null;
    number = null;
  }

  private ChangeEvent change() {
    Operation kind = required(operation);
    if (newImage == null && kind != Operation.REMOVE
        || oldImage == null && kind != Operation.INSERT) {
      throw UnusualJson.here();
    }
    return new ChangeEvent(
        kind,
        required(created),
        SequenceNumber.parse(required(number)),
        required(eventId),
        kind == Operation.REMOVE && service && dynamoDb,
        required(keys),
        newImage,
        oldImage);
  }

  private void record() {
    boolean more = json.opens('{', '}');
    while (more) {
      json.name();
      if (json.is(EVENT_ID)) {
        once(0);
        eventId = plainText();
      } else if (json.is(EVENT_NAME)) {
        once(1);
        operation = operation();
      } else if (json.is(DYNAMODB)) {
        once(2);
        dynamodb();
      } else if (json.is(USER_IDENTITY)) {
        once(3);
        identity();
      } else if (json.is(EVENT_VERSION) || json.is(EVENT_SOURCE) || json.is(AWS_REGION)) {
        json.string();
      } else {
        json.skip();
      }
      more = json.more('}');
    }
  }

  private void dynamodb() {
    boolean more = json.opens('{', '}');
    while (more) {
      json.name();
      if (json.is(CREATED)) {
        once(4);
        created = SecondsText.instant(json);
      } else if (json.is(KEYS)) {
        once(5);
        keys = items.keys();
      } else if (json.is(NEW_IMAGE)) {
        once(6);
        newImage = items.image();
      } else if (json.is(OLD_IMAGE)) {
        once(7);
        oldImage = items.image();
      } else if (json.is(SEQUENCE_NUMBER)) {
        once(8);
        number = digits();
      } else if (json.is(SIZE_BYTES)) {
        size();
      } else if (json.is(STREAM_VIEW_TYPE)) {
        json.string();
      } else {
        json.skip();
      }
      more = json.more('}');
    }
  }

  private void identity() {
    boolean more = json.opens('{', '}');
    while (more) {
      json.name();
      if (json.is(TYPE)) {
        once(9);
        json.plainString();
        service = json.is(SERVICE);
      } else if (json.is(PRINCIPAL_ID)) {
        once(10);
        json.plainString();
        dynamoDb = json.is(DYNAMODB_SERVICE);
      } else if (json.is(RAW_TYPE) || json.is(RAW_PRINCIPAL_ID)) {
        throw UnusualJson.here(); // Means nothing to the SDK, but something in a raw text.
      } else {
        json.skip();
      }
      more = json.more('}');
    }
  }

  private void once(int field) {
    int bit = 1 << field;
    if ((seen & bit) != 0) {
      throw UnusualJson.here();
    }
    seen |= bit;
  }

  private Operation operation() {
    json.plainString();
    if (json.is(MODIFY)) {
      return Operation.MODIFY;
    } else if (json.is(INSERT)) {
      return Operation.INSERT;
    } else if (json.is(REMOVE)) {
      return Operation.REMOVE;
    }
    throw UnusualJson.here();
  }

  private String plainText() {
    json.plainString();
    return json.text();
  }

  private String digits() {
    json.plainString();
    if (json.length() == 0 || json.length() > SequenceNumber.DIGITS) {
      throw UnusualJson.here();
    }
    for (int i = json.from(); i < json.to(); i++) {
      byte b = json.bytes()[i];
      if (b < '0' || b > '9') {
        throw UnusualJson.here();
      }
    }
    return json.text();
  }

  /** A count that a long can hold; of other numbers the SDK makes what it will. */
  private void size() {
    json.number();
    if (json.length() > 18) {
      throw UnusualJson.here();
    }
    for (int i = json.from(); i < json.to(); i++) {
      byte b = json.bytes()[i];
      if (b < '0' || b > '9') {
        throw UnusualJson.here();
      }
    }
  }

  private static <T> T required(@Nullable T value) {
    if (value == null) {
      throw UnusualJson.here();
    }
    return value;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
