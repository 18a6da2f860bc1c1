package dev.afterbay.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.fromstream.StreamRecordDecoder;
import dev.afterbay.transforms.fromstream.UndecodableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

class RecordJsonTest {
  private static final Instant AT = Instant.parse("2023-05-24T13:21:57.987Z");
  private static final String NUMBER = "300000000000000499659";

  @Test
  void everyAttributeTypeComesBackAsItWas() {
    Map<String, AttributeValue> item = everything();

    Record read = RecordJson.read(record(item, Change.Cause.CLIENT).json());

    assertThat(read.dynamodb().newImage()).isEqualTo(item);
    assertThat(read.dynamodb().keys())
        .isEqualTo(Map.of("PK", AttributeValue.fromS("ключ \"1\"\n")));
    assertThat(read.dynamodb().approximateCreationDateTime())
        .isEqualTo(Instant.parse("2023-05-24T13:21:57Z"));
    assertThat(read.dynamodb().sequenceNumber()).isEqualTo(NUMBER);
  }

  @Test
  void theSpellingIsThatOfDynamoDb() {
    String json = new String(record(everything(), Change.Cause.TTL).json(), StandardCharsets.UTF_8);

    assertThat(json)
        .contains("\"ApproximateCreationDateTime\":1.684934517E9,")
        .contains("\"N\":\"0.000000000000000000000000000000000000000000000000001\"")
        .contains("\"B\":\"AP8=\"")
        .contains("\"BS\":[\"AA==\",\"AQ==\"]")
        .contains("\"NULL\":true")
        .contains("\"M\":{}")
        .contains("\"SequenceNumber\":\"" + NUMBER + "\"")
        .contains("{\"Type\":\"Service\",\"PrincipalId\":\"dynamodb.amazonaws.com\"}");
  }

  @Test
  void theServiceCanDecodeIt() throws UndecodableRecordException {
    Change removal =
        new Change(Operation.REMOVE, AT, everything(), null, everything(), Change.Cause.TTL);

    ChangeEvent event =
        StreamRecordDecoder.decode(RecordJson.read(RecordJson.of(removal, NUMBER, "e1").json()));

    assertThat(event.removedByTtl()).isTrue();
    assertThat(event.oldImage()).isNotNull();
  }

  @Test
  void theSizeCountsNamesAndValues() {
    Map<String, AttributeValue> item =
        Map.of(
            "S", AttributeValue.fromS("äb"),
            "N", AttributeValue.fromN("1234"),
            "L", AttributeValue.fromL(List.of(AttributeValue.fromBool(true))),
            "M", AttributeValue.fromM(Map.of("x", AttributeValue.fromNul(true))));

    assertThat(ItemSize.of(item)).isEqualTo((1 + 3) + (1 + 3) + (1 + 3 + 2) + (1 + 3 + 1 + 2));
  }

  private static StoredRecord record(Map<String, AttributeValue> item, Change.Cause cause) {
    Map<String, AttributeValue> keys = Map.of("PK", item.get("PK"));
    return RecordJson.of(
        new Change(Operation.INSERT, AT, keys, item, null, cause), NUMBER, "event-1");
  }

  private static Map<String, AttributeValue> everything() {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("PK", AttributeValue.fromS("ключ \"1\"\n"));
    item.put("tiny", AttributeValue.fromN("0.000000000000000000000000000000000000000000000000001"));
    item.put("bytes", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1})));
    item.put("yes", AttributeValue.fromBool(true));
    item.put("nothing", AttributeValue.fromNul(true));
    item.put("texts", AttributeValue.fromSs(List.of("b", "a")));
    item.put("numbers", AttributeValue.fromNs(List.of("2", "1")));
    item.put(
        "blobs",
        AttributeValue.fromBs(
            List.of(
                SdkBytes.fromByteArray(new byte[] {0}), SdkBytes.fromByteArray(new byte[] {1}))));
    item.put("emptyMap", AttributeValue.fromM(Map.of()));
    item.put("emptyList", AttributeValue.fromL(List.of()));
    item.put("emptyText", AttributeValue.fromS(""));
    item.put(
        "deep",
        AttributeValue.fromL(
            List.of(AttributeValue.fromM(Map.of("x", AttributeValue.fromS("😀"))))));
    return item;
  }
}
