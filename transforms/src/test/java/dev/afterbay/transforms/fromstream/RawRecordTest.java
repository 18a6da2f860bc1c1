package dev.afterbay.transforms.fromstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.afterbay.transforms.change.SequenceNumber;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

class RawRecordTest {
  @Test
  void aRecordStandsAsOnTheWire() {
    Record record =
        Record.builder()
            .eventID("e-1")
            .eventName(OperationType.REMOVE)
            .eventVersion("1.1")
            .eventSource("aws:dynamodb")
            .awsRegion("us-east-1")
            .dynamodb(
                StreamRecord.builder()
                    .approximateCreationDateTime(Instant.ofEpochSecond(1_763_700_000))
                    .keys(Map.of("PK", AttributeValue.fromS("a\ud83d")))
                    .oldImage(
                        Map.of(
                            "b",
                            AttributeValue.fromL(
                                List.of(
                                    AttributeValue.fromB(SdkBytes.fromUtf8String("xyz")),
                                    AttributeValue.builder().build(),
                                    AttributeValue.builder().s("s").n("1").build()))))
                    .sequenceNumber("21")
                    .sizeBytes(12L)
                    .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)
                    .build())
            .userIdentity(i -> i.type("Service").principalId("dynamodb.amazonaws.com"))
            .build();

    assertThat(RawRecord.text(record))
        .isEqualTo(
            """
            {"eventID":"e-1","eventName":"REMOVE","eventVersion":"1.1",\
            "eventSource":"aws:dynamodb","awsRegion":"us-east-1",\
            "dynamodb":{"ApproximateCreationDateTime":1763700000,\
            "Keys":{"PK":{"S":"a\\uD83D"}},\
            "OldImage":{"b":{"L":[{"B":"eHl6"},{},{"S":"s","N":"1"}]}},\
            "SequenceNumber":"21","SizeBytes":12,"StreamViewType":"NEW_AND_OLD_IMAGES"},\
            "userIdentity":{"type":"Service","principalId":"dynamodb.amazonaws.com"}}""");
  }

  @Test
  void sensitiveValuesAreMaskedInBothImages() {
    Map<String, AttributeValue> image =
        Map.of(
            "Email",
            AttributeValue.fromM(Map.of("work", AttributeValue.fromS("secret"))),
            "Profile",
            AttributeValue.fromM(Map.of("Email", AttributeValue.fromS("kept"))));
    Record record =
        Record.builder()
            .dynamodb(
                c ->
                    c.keys(Map.of("PK", AttributeValue.fromS("p")))
                        .newImage(image)
                        .oldImage(Map.of("Email", AttributeValue.builder().build())))
            .build();

    String text = RawRecord.text(record, Set.of("Email", "Phone"));

    assertThat(text).doesNotContain("secret").contains("kept").doesNotContain("Phone");
    assertThat(RawRecord.parse(text))
        .isEqualTo(
            Record.builder()
                .dynamodb(
                    c ->
                        c.keys(Map.of("PK", AttributeValue.fromS("p")))
                            .newImage(
                                Map.of(
                                    "Email",
                                    AttributeValue.fromS("***"),
                                    "Profile",
                                    AttributeValue.fromM(
                                        Map.of("Email", AttributeValue.fromS("kept")))))
                            .oldImage(Map.of("Email", AttributeValue.fromS("***"))))
                .build());
  }

  @Test
  void anyRecordHasATextThatUtf8CarriesAndComesBackFromIt() {
    for (long seed = 0; seed < 20_000; seed++) {
      Record record = RandomRecords.seeded(seed).next();

      String text = RawRecord.text(record);

      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).as("seed %d", seed).isTrue();
      assertThat(RawRecord.parse(text)).as("seed %d: %s", seed, text).isEqualTo(record);
    }
  }

  @Test
  void anyRecordIsDecodedOrRefusedWithAReasonAndNeverBreaksTheDecoder() {
    int refused = 0;
    for (long seed = 0; seed < 20_000; seed++) {
      Record record = RandomRecords.seeded(seed).next();
      try {
        StreamRecordDecoder.decode(record);
      } catch (UndecodableRecordException e) {
        assertThat(e.reason()).as("seed %d", seed).startsWith("has ").hasSizeLessThan(160);
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void nestingMayBeFarDeeperThanDynamoDbAllows() {
    AttributeValue value = AttributeValue.fromS("x");
    for (int i = 0; i < 100; i++) {
      value = AttributeValue.fromM(Map.of("m", AttributeValue.fromL(List.of(value))));
    }
    Record record = Record.builder().dynamodb(change(value)).build();

    assertThat(RawRecord.parse(RawRecord.text(record))).isEqualTo(record);
  }

  @Test
  void whatALaterVersionAddsIsSkipped() {
    assertThat(
            RawRecord.parse(
                """
                {"eventID":"e","new":{"x":[1]},"dynamodb":{"New":{},"SequenceNumber":"7",\
                "Keys":{"PK":{"X":["1"]}}}}"""))
        .isEqualTo(
            Record.builder()
                .eventID("e")
                .dynamodb(
                    c -> c.sequenceNumber("7").keys(Map.of("PK", AttributeValue.builder().build())))
                .build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"eventID\":\"secret\"",
        "{\"eventID\":\"secret\"} {}",
        "{\"eventID\":5}",
        "{\"eventID\":secret}",
        "{\"dynamodb\":[]}",
        "{\"dynamodb\":{\"Keys\":{\"PK\":\"secret\"}}}",
        "{\"dynamodb\":{\"Keys\":{\"PK\":{\"B\":\"secret!\"}}}}",
        "{\"dynamodb\":{\"Keys\":{\"PK\":{\"BOOL\":\"secret\"}}}}",
        "{\"dynamodb\":{\"Keys\":{\"PK\":{\"SS\":{}}}}}",
        "{\"dynamodb\":{\"SizeBytes\":\"1\"}}",
        "{\"dynamodb\":{\"ApproximateCreationDateTime\":1E18}}",
        "{\"dynamodb\":{\"ApproximateCreationDateTime\":1E999999999}}",
        "{\"dynamodb\":{\"ApproximateCreationDateTime\":1E-999999999}}"
      })
  void whatIsNoRecordIsRefusedWithoutAWordOfIt(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RawRecord.parse(text))
        .withMessageStartingWith("Not a stream record: ")
        .withMessageNotContaining("secret");
  }

  @Test
  void thePositionIsThereIfItIsANumber() {
    assertThat(RawRecord.position(Record.builder().build())).isEmpty();
    assertThat(RawRecord.position(Record.builder().dynamodb(c -> {}).build())).isEmpty();
    assertThat(RawRecord.position(Record.builder().dynamodb(c -> c.sequenceNumber("x1")).build()))
        .isEmpty();
    assertThat(RawRecord.position(Record.builder().dynamodb(c -> c.sequenceNumber("21")).build()))
        .contains(SequenceNumber.parse("21"));
  }

  private static StreamRecord change(AttributeValue value) {
    return StreamRecord.builder().newImage(Map.of("a", value)).build();
  }
}
