package dev.afterbay.consumer.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PricesTest {
  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"us-east-1", "eu-central-1"})
  void theStandardOnesHaveADateAndASource(String region) {
    Prices prices = Prices.standard(region);

    assertThat(prices.date()).matches("20[0-9]{2}-[0-9]{2}-[0-9]{2}");
    assertThat(prices.source()).startsWith("https://aws.amazon.com/");
    assertThat(prices.of()).containsOnlyKeys(Price.values());
  }

  @Test
  void aFileReplacesThem() throws Exception {
    String all =
        Arrays.stream(Price.values())
            .map(price -> "    " + price.key() + ": 7\n")
            .collect(Collectors.joining());
    Path file = Files.writeString(dir.resolve("prices.yaml"), "regions:\n  mars-1:\n" + all);

    assertThat(Prices.read(file, "mars-1").price(Price.EXPORT)).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "regions: { x-1: {} }|us-east-1|p has no prices of us-east-1, only of x-1; write them into",
        "regions: { x-1: {} }|x-1|p: streams-reads-per-100000 of x-1 is no price; write for example",
        "regions: 5|x-1|p: regions is no mapping",
        "'[}'|x-1|p is not YAML"
      })
  void whatIsWrongWithAFileIsSaid(String text, String region, String message) {
    assertThatThrownBy(() -> Prices.parse(text, "p", region))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
