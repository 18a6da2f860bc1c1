package dev.afterbay.consumer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessLogTest {
  @Test
  void textIsTheDefaultAndJsonTheOtherFormat() {
    assertThat(ProcessLog.mistake(Map.of())).isEmpty();
    assertThat(ProcessLog.mistake(Map.of("AFTERBAY_LOG_FORMAT", "text"))).isEmpty();
    assertThat(ProcessLog.mistake(Map.of("AFTERBAY_LOG_FORMAT", "json"))).isEmpty();
  }

  @Test
  void anotherFormatIsRefusedWithTheTwoThatThereAre() {
    assertThat(ProcessLog.mistake(Map.of("AFTERBAY_LOG_FORMAT", "xml")))
        .contains("afterbay: AFTERBAY_LOG_FORMAT is 'xml'; set it to text or json, or not at all");
  }
}
