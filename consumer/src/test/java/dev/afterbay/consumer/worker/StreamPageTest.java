package dev.afterbay.consumer.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.fromstream.StreamedRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

final class StreamPageTest {
  private static final Instant CREATED = Instant.parse("2026-11-21T05:00:00Z");

  @Test
  void kclSeesOneRecordWithTheLastNumberAndTimeAndWithoutBytes() {
    Record first = record("100", Map.of("PK", AttributeValue.fromS("a")));
    Record second = record("101", Map.of("PK", AttributeValue.fromS("b")));
    StreamPage page = page(first, second);

    List<KinesisClientRecord> records = new AggregatorUtil().deaggregate(page.records());

    assertThat(records)
        .singleElement()
        .isInstanceOfSatisfying(
            StreamPage.Whole.class,
            whole -> {
              assertThat(whole.sequenceNumber()).isEqualTo("101");
              assertThat(whole.approximateArrivalTimestamp()).isEqualTo(CREATED);
              assertThat(whole.data().limit()).isZero();
              assertThat(whole.aggregated()).isFalse();
              assertThat(whole.all())
                  .containsExactly(StreamedRecord.of(first), StreamedRecord.of(second));
            });
    assertThat(page.size()).isEqualTo(2);
  }

  @Test
  void anEmptyPageHasNoRecord() {
    assertThat(page().records()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a hundred"})
  void aPageWhoseLastRecordHasNoNumberIsNeverTakenForRead(String number) {
    StreamPage page = page(record("100", Map.of()), record(number, Map.of()));

    assertThat(page.records())
        .singleElement()
        .extracting(KinesisClientRecord::sequenceNumber)
        .isEqualTo("9".repeat(40));
  }

  @Test
  void whatKclTakesOutOfAListIsStillOnThePage() {
    StreamPage page = page(record("100", Map.of()));

    page.records().clear();

    assertThat(page.records()).hasSize(1);
  }

  @Test
  void garbageHasAWeightAndNoLag() {
    AttributeValue several = AttributeValue.builder().s("1").n("1").build();
    Record timeless =
        record("100", Map.of("PK", several, "SK", AttributeValue.builder().build())).toBuilder()
            .dynamodb(change -> change.sequenceNumber("100").newImage(Map.of("A", several)))
            .build();

    StreamPage page = page(timeless);

    assertThat(page.weight()).isPositive();
    assertThat(page.millisBehindLatest()).isNull();
    assertThat(page.records()).hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("values")
  void smallValuesWeighMoreThanTheirSize(AttributeValue value, long atLeast, long atMost) {
    long without = page(record("100", Map.of())).weight();

    long weight = page(record("100", Map.of("A", value))).weight() - without;

    assertThat(weight).isBetween(atLeast, atMost);
  }

  private static Stream<Arguments> values() {
    AttributeValue number = AttributeValue.fromN("1");
    List<AttributeValue> hundred = Stream.generate(() -> number).limit(100).toList();
    return Stream.of(
        Arguments.of(number, 100, 200),
        Arguments.of(AttributeValue.fromL(hundred), 10_000, 20_000),
        Arguments.of(AttributeValue.fromM(Map.of("B", number, "C", number)), 300, 600),
        Arguments.of(AttributeValue.fromSs(List.of("a", "b", "c")), 200, 400));
  }

  @Test
  void theSizeThatDynamoDbTellsWeighsTwice() {
    StreamRecord change = record("100", Map.of()).dynamodb();
    Record large =
        Record.builder().dynamodb(change.toBuilder().sizeBytes(400_000L).build()).build();

    assertThat(page(large).weight() - page(record("100", Map.of())).weight()).isEqualTo(800_000);
  }

  private static StreamPage page(Record... records) {
    return new StreamPage(SdkPages.of(GetRecordsResponse.builder().records(records).build()));
  }

  private static Record record(String number, Map<String, AttributeValue> image) {
    return Record.builder()
        .dynamodb(
            StreamRecord.builder()
                .sequenceNumber(number)
                .approximateCreationDateTime(CREATED)
                .newImage(image)
                .build())
        .build();
  }
}
