package dev.afterbay.transforms.fromstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.RandomItems;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.util.DefaultSdkAutoConstructList;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

class StreamRecordDecoderTest {
  private static final Instant CREATED = Instant.parse("2026-11-21T05:11:00Z");
  private static final Map<String, AttributeValue> KEYS =
      Map.of("PK", AttributeValue.fromS("USER#1"), "SK", AttributeValue.fromS("PROFILE"));

  @Test
  void aModificationHasBothImages() throws UndecodableRecordException {
    ChangeEvent event =
        StreamRecordDecoder.decode(
            record(
                "MODIFY", change -> change.newImage(with("n", "2.0")).oldImage(with("n", "1.0"))));

    assertThat(event.operation()).isEqualTo(Operation.MODIFY);
    assertThat(event.approximateCreation()).isEqualTo(CREATED);
    assertThat(event.sequenceNumber()).isEqualTo(SequenceNumber.parse("100000000000000000021"));
    assertThat(event.eventId()).isEqualTo("event-1");
    assertThat(event.removedByTtl()).isFalse();
    assertThat(event.keys().json())
        .isEqualTo("{\"PK\":{\"S\":\"USER#1\"},\"SK\":{\"S\":\"PROFILE\"}}");
    assertThat(jsonOf(event.newImage()))
        .isEqualTo("{\"PK\":{\"S\":\"USER#1\"},\"SK\":{\"S\":\"PROFILE\"},\"n\":{\"N\":\"2\"}}");
    assertThat(jsonOf(event.oldImage()))
        .isEqualTo("{\"PK\":{\"S\":\"USER#1\"},\"SK\":{\"S\":\"PROFILE\"},\"n\":{\"N\":\"1\"}}");
  }

  @Test
  void anInsertionHasNoOldImageAndARemovalNoNewOne() throws UndecodableRecordException {
    ChangeEvent inserted =
        StreamRecordDecoder.decode(record("INSERT", change -> change.newImage(KEYS)));
    ChangeEvent removed =
        StreamRecordDecoder.decode(record("REMOVE", change -> change.oldImage(KEYS)));

    assertThat(inserted.newImage()).isEqualTo(inserted.keys());
    assertThat(inserted.oldImage()).isNull();
    assertThat(removed.newImage()).isNull();
    assertThat(removed.oldImage()).isEqualTo(removed.keys());
  }

  @ParameterizedTest
  @CsvSource({
    "REMOVE, Service, dynamodb.amazonaws.com, true",
    "REMOVE, Service, other.amazonaws.com, false",
    "REMOVE, IAMUser, dynamodb.amazonaws.com, false",
    "REMOVE, , , false",
    "MODIFY, Service, dynamodb.amazonaws.com, false",
    "INSERT, Service, dynamodb.amazonaws.com, false",
  })
  void onlyARemovalByDynamoDbItselfIsByTtl(
      String eventName, String type, String principal, boolean byTtl)
      throws UndecodableRecordException {
    Record record =
        record(eventName, change -> change.newImage(KEYS).oldImage(KEYS)).toBuilder()
            .userIdentity(identity -> identity.type(type).principalId(principal))
            .build();

    assertThat(StreamRecordDecoder.decode(record).removedByTtl()).isEqualTo(byTtl);
  }

  @Test
  void anyItemIsDecodedWhole() throws UndecodableRecordException {
    for (long seed = 0; seed < 2_000; seed++) {
      RandomItems random = RandomItems.seeded(seed);
      Item before = seed % 500 == 0 ? random.large() : random.next();
      Item after = seed % 20 == 0 ? random.deep() : random.next();
      Record record =
          record(
              "MODIFY",
              change -> change.newImage(SdkItems.of(after)).oldImage(SdkItems.of(before)));

      ChangeEvent event = StreamRecordDecoder.decode(record);

      assertThat(Image.parse(jsonOf(event.newImage())).item()).as("seed %d", seed).isEqualTo(after);
      assertThat(Image.parse(jsonOf(event.oldImage())).item())
          .as("seed %d", seed)
          .isEqualTo(before);
    }
  }

  @Test
  void aRecordWithoutAChangeIsRefused() {
    refuses(
        Record.builder().eventID("event-1").eventName("INSERT").build(),
        "The stream record with event id event-1 and sequence number null has no dynamodb."
            + " DynamoDB does not send this: keep the raw record and report it.");
  }

  @Test
  void aRecordWithoutKeysIsRefused() {
    refuses(
        record("INSERT", change -> change.keys(null).newImage(KEYS)),
        "The stream record with event id event-1 and sequence number 100000000000000000021"
            + " has no Keys. DynamoDB does not send this: keep the raw record and report it.");
    refuses(
        record("INSERT", change -> change.keys(Map.of()).newImage(KEYS)),
        "The stream record with event id event-1 and sequence number 100000000000000000021"
            + " has empty Keys. DynamoDB does not send this: keep the raw record and report it.");
  }

  @Test
  void aRecordWithoutSequenceNumberIsRefused() {
    refuses(
        record("INSERT", change -> change.sequenceNumber(null).newImage(KEYS)),
        "The stream record with event id event-1 and sequence number null has no SequenceNumber."
            + " DynamoDB does not send this: keep the raw record and report it.");
  }

  @Test
  void aSequenceNumberThatIsNoneIsRefused() {
    refuses(
        record("INSERT", change -> change.sequenceNumber("12a").newImage(KEYS)),
        "The stream record with event id event-1 and sequence number 12a has an unusable"
            + " SequenceNumber. A sequence number has 1 to 40 decimal digits, not '12a'."
            + " DynamoDB does not send this: keep the raw record and report it.");
  }

  @Test
  void aRecordWithoutTimeOrEventIdIsRefused() {
    refuses(
        record("INSERT", change -> change.approximateCreationDateTime(null).newImage(KEYS)),
        "The stream record with event id event-1 and sequence number 100000000000000000021"
            + " has no ApproximateCreationDateTime."
            + " DynamoDB does not send this: keep the raw record and report it.");
    refuses(
        record("INSERT", change -> change.newImage(KEYS)).toBuilder().eventID(null).build(),
        "The stream record with event id null and sequence number 100000000000000000021"
            + " has no eventID. DynamoDB does not send this: keep the raw record and report it.");
  }

  @Test
  void anUnknownOrMissingEventNameIsRefused() {
    refuses(
        record("TRUNCATE", change -> change.newImage(KEYS)),
        "The stream record with event id event-1 and sequence number 100000000000000000021"
            + " has the unknown eventName 'TRUNCATE'."
            + " Keep the raw record, and replay it with a version of Afterbay that can read it.");
    refuses(
        record("INSERT", change -> change.newImage(KEYS)).toBuilder()
            .eventName((String) null)
            .build(),
        "The stream record with event id event-1 and sequence number 100000000000000000021"
            + " has no eventName. DynamoDB does not send this: keep the raw record and report it.");
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void aRecordWithoutTheImageOfItsKindIsRefused(Operation operation) {
    String missing = operation == Operation.REMOVE ? "OldImage" : "NewImage";
    refuses(
        record(operation.name(), change -> {}),
        "The stream record with event id event-1 and sequence number 100000000000000000021 has no "
            + missing
            + ", though it is of kind "
            + operation
            + ". The stream's view type must be NEW_AND_OLD_IMAGES: enable the stream anew with it.");
  }

  @Test
  void aNonNumberIsRefusedWithThePathToIt() {
    AttributeValue orders =
        AttributeValue.fromL(
            List.of(
                AttributeValue.fromS("x"),
                AttributeValue.fromM(Map.of("Total", AttributeValue.fromN("12,50")))));

    refuses(
        record("INSERT", change -> change.newImage(Map.of("Orders", orders))),
        "The stream record with event id event-1 and sequence number 100000000000000000021 has an"
            + " unusable attribute: NewImage.Orders[1].Total N: '12,50' is not a number;"
            + " DynamoDB numbers are decimal, such as -1.5."
            + " Keep the raw record, and replay it with a version of Afterbay that can read it.");
  }

  @Test
  void valuesThatDynamoDbCannotHoldAreRefusedAndNotBent() {
    refusesValue(
        AttributeValue.builder().build(), "has no type, or one that this version does not");
    refusesValue(AttributeValue.builder().s("1").n("1").build(), "has several types at once");
    refusesValue(AttributeValue.fromNul(false), "is NULL: false; DynamoDB knows only NULL: true");
    refusesValue(AttributeValue.fromSs(List.of()), "SS: an SS is empty");
    refusesValue(AttributeValue.fromNs(List.of("1", "1.0")), "NS: an NS holds one member twice");
    refusesValue(AttributeValue.fromNs(List.of("1", "x")), "NS: 'x' is not a number");
    refusesValue(AttributeValue.fromN("1E126"), "N: '1E126' is not a DynamoDB number");
    SdkBytes one = SdkBytes.fromUtf8String("1");
    refusesValue(AttributeValue.fromBs(List.of(one, one)), "BS: an BS holds one member twice");
    refusesValue(
        AttributeValue.builder().ss(DefaultSdkAutoConstructList.getInstance()).build(),
        "has no type");
  }

  @Test
  void aTextThatUtf8CannotCarryIsRefused() {
    refuses(
        record(
            "INSERT",
            change -> change.keys(Map.of("PK", AttributeValue.fromS("a\ud83d"))).newImage(KEYS)),
        "The stream record with event id event-1 and sequence number 100000000000000000021 has an"
            + " unusable attribute: Keys.PK S: a text has half a surrogate pair at index 1;"
            + " DynamoDB's texts are UTF-8."
            + " Keep the raw record, and replay it with a version of Afterbay that can read it.");
    refuses(
        record("INSERT", change -> change.newImage(Map.of("a\ud83d", AttributeValue.fromS("")))),
        "The stream record with event id event-1 and sequence number 100000000000000000021 has an"
            + " unusable attribute: NewImage has an unusable name: a text has half a surrogate pair at index 1;"
            + " DynamoDB's texts are UTF-8."
            + " Keep the raw record, and replay it with a version of Afterbay that can read it.");
  }

  @Test
  void theReasonSaysWhatIsWrongAndNothingOfTheItem() {
    SdkBytes one = SdkBytes.fromUtf8String("1");
    assertThat(
            List.of(
                reason(change -> change.keys(null)),
                reason(change -> change.keys(Map.of("secret", AttributeValue.fromN("secret")))),
                reason(value(AttributeValue.fromS("secret\ud83d"))),
                reason(value(AttributeValue.fromSs(List.of("secret", "secret")))),
                reason(value(AttributeValue.fromNs(List.of("9".repeat(200))))),
                reason(value(AttributeValue.fromBs(List.of(one, one)))),
                reason(value(AttributeValue.fromBs(Arrays.asList(one, null)))),
                reason(value(AttributeValue.fromNul(false))),
                reason(value(AttributeValue.builder().build())),
                reason(value(AttributeValue.builder().s("secret").n("1").build())),
                reason(value(AttributeValue.fromL(Arrays.asList((AttributeValue) null)))),
                reason(
                    change -> change.newImage(Map.of("secret\ud83d", AttributeValue.fromS(""))))))
        .containsExactly(
            "has no Keys",
            "has an unusable N in Keys",
            "has an unusable S in NewImage",
            "has an unusable SS in NewImage",
            "has an unusable NS in NewImage",
            "has an unusable BS in NewImage",
            "has an unusable BS in NewImage",
            "has a NULL that is false in NewImage",
            "has a value without a type, or of one that this version does not know in NewImage",
            "has a value of several types at once in NewImage",
            "has an attribute without a value in NewImage",
            "has an unusable attribute name in NewImage");
  }

  @Test
  void anEventIdThatUtf8CannotCarryIsRefused() {
    Record record =
        record("INSERT", change -> change.newImage(KEYS)).toBuilder().eventID("e\ud83d").build();

    assertThatExceptionOfType(UndecodableRecordException.class)
        .isThrownBy(() -> StreamRecordDecoder.decode(record))
        .satisfies(
            e -> assertThat(e.reason()).isEqualTo("has an eventID with half a surrogate pair"));
  }

  @Test
  void aLongEventNameIsCutShortInTheReason() {
    Record record = record("X".repeat(300), change -> change.newImage(KEYS));

    assertThatExceptionOfType(UndecodableRecordException.class)
        .isThrownBy(() -> StreamRecordDecoder.decode(record))
        .satisfies(
            e ->
                assertThat(e.reason())
                    .isEqualTo("has the unknown eventName '" + "X".repeat(40) + "…'"));
  }

  private static Consumer<StreamRecord.Builder> value(AttributeValue value) {
    return change -> change.newImage(Map.of("secret", AttributeValue.fromM(Map.of("m", value))));
  }

  private static String reason(Consumer<StreamRecord.Builder> rest) {
    try {
      StreamRecordDecoder.decode(record("INSERT", rest));
    } catch (UndecodableRecordException e) {
      return e.reason();
    }
    throw new AssertionError("It was decoded");
  }

  private static String jsonOf(@Nullable Image image) {
    return Objects.requireNonNull(image).json();
  }

  private static void refusesValue(AttributeValue value, String reason) {
    assertThatExceptionOfType(UndecodableRecordException.class)
        .isThrownBy(
            () ->
                StreamRecordDecoder.decode(
                    record("REMOVE", change -> change.oldImage(Map.of("a", value)))))
        .withMessageContaining("unusable attribute: OldImage.a " + reason)
        .withMessageContaining("Keep the raw record");
  }

  private static void refuses(Record record, String message) {
    assertThatExceptionOfType(UndecodableRecordException.class)
        .isThrownBy(() -> StreamRecordDecoder.decode(record))
        .withMessage(message);
  }

  private static Record record(String eventName, Consumer<StreamRecord.Builder> rest) {
    StreamRecord.Builder change =
        StreamRecord.builder()
            .approximateCreationDateTime(CREATED)
            .sequenceNumber("100000000000000000021")
            .keys(KEYS);
    rest.accept(change);
    return Record.builder()
        .eventID("event-1")
        .eventName(eventName)
        .dynamodb(change.build())
        .build();
  }

  private static Map<String, AttributeValue> with(String name, String number) {
    return Map.of(
        "PK",
        AttributeValue.fromS("USER#1"),
        "SK",
        AttributeValue.fromS("PROFILE"),
        name,
        AttributeValue.fromN(number));
  }
}
