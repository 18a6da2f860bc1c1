package dev.afterbay.consumer.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

final class SdkReadingTest {
  private final SdkReading reading = new SdkReading();

  @AfterEach
  void close() {
    reading.close();
  }

  @Test
  void aRecordIsWhatTheSdkMakesOfIt() {
    Record record =
        reading.record(
            bytes(
                """
                {"eventID":"e","future":[1],"dynamodb":{"Keys":{"PK":{"S":"\\u0061"},"N":{"N":"+1"}}}}
                """));

    assertThat(record.eventID()).isEqualTo("e");
    assertThat(record.dynamodb().keys())
        .containsEntry("PK", AttributeValue.fromS("a"))
        .containsEntry("N", AttributeValue.fromN("+1"));
  }

  @Test
  void aWholeAnswerIsReadAsOne() {
    assertThat(reading.records(bytes("{\"Records\":[{\"eventID\":\"1\"},{\"eventID\":\"2\"}]}")))
        .extracting(Record::eventID)
        .containsExactly("1", "2");
    assertThatThrownBy(() -> reading.records(bytes("{\"Records\":[{]}")))
        .isInstanceOf(SdkException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"dynamodb\":{\"SizeBytes\":\"secret\"}}",
        "{\"dynamodb\":{\"ApproximateCreationDateTime\":\"secret\"}}",
        "{\"eventID\":\"secret\"},{}",
        "secret"
      })
  void whatTheSdkCannotReadIsRefusedWithoutAWordOfIt(String record) {
    assertThatThrownBy(() -> reading.record(bytes(record)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a record that the SDK cannot read")
        .hasNoCause()
        .message()
        .doesNotContain("secret");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
