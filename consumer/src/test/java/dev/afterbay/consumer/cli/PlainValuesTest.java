package dev.afterbay.consumer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.MappingJsonFactory;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainValuesTest {
  @Test
  void valuesAreTheirWordsAndNumbersStayNumbers() throws IOException {
    MappingJsonFactory factory = new MappingJsonFactory();
    new PlainValues().decorate(factory);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("table", new TableName("Orders"));
    values.put("at", Instant.parse("2026-11-21T05:00:00Z"));
    values.put("records", 3L);

    String json = (factory.getCodec()).writeValueAsString(values);

    assertThat(json)
        .isEqualTo("{\"table\":\"Orders\",\"at\":\"2026-11-21T05:00:00Z\",\"records\":3}");
  }
}
