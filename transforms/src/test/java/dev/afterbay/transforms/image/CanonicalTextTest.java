package dev.afterbay.transforms.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalTextTest {
  static Stream<Arguments> escapes() {
    return Stream.of(
        Arguments.of("", "\"\""),
        Arguments.of("plain é ü 漢", "\"plain é ü 漢\""),
        Arguments.of("\"", "\"\\\"\""),
        Arguments.of("\\", "\"\\\\\""),
        Arguments.of("/", "\"/\""),
        Arguments.of("\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\""),
        Arguments.of("\u0000\u0001\u001f", "\"\\u0000\\u0001\\u001f\""),
        Arguments.of("\u007f\u0080\u2028\ufeff", "\"\u007f\u0080\u2028\ufeff\""),
        Arguments.of("\ud83d\ude80!", "\"\ud83d\ude80!\""));
  }

  @ParameterizedTest
  @MethodSource("escapes")
  void onlyWhatJsonForbidsIsEscaped(String text, String quoted) {
    StringBuilder json = new StringBuilder();

    CanonicalText.appendQuoted(json, text);

    assertThat(json).hasToString(quoted);
  }

  @ParameterizedTest
  @MethodSource("escapes")
  void everyTextIsReadBackAsItWas(String text, String quoted) {
    Image image = Image.parse("{" + quoted + ":{\"S\":" + quoted + "}}");

    assertThat(image.item().attribute(text)).contains(new Value.S(text));
  }

  @ParameterizedTest
  @CsvSource({"a\\ud83d, 1", "\\ude80b, 0", "\\ude80\\ud83d, 0", "\\ud83d\\ud83d\\ude80, 0"})
  void halfASurrogatePairIsRefused(String escaped, int index) {
    String message =
        "a text has half a surrogate pair at index " + index + "; DynamoDB's texts are UTF-8";
    String text = unescaped(escaped);

    assertThatIllegalArgumentException().isThrownBy(() -> new Value.S(text)).withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Value.SS(List.of("a", text)))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Item(Map.of(text, new Value.Null())))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Image.parse("{\"a\":{\"S\":\"" + escaped + "\"}}"))
        .withMessageStartingWith("Not DynamoDB JSON");
  }

  private static String unescaped(String text) {
    return Pattern.compile("\\\\u(....)")
        .matcher(text)
        .replaceAll(hex -> Character.toString((char) Integer.parseInt(hex.group(1), 16)));
  }

  @Test
  void textsAreOrderedByCodePointWhichIsTheOrderOfTheirBytes() {
    for (long seed = 0; seed < 20_000; seed++) {
      RandomItems random = RandomItems.seeded(seed);
      String a = random.text();
      String b = random.text();

      assertThat(Integer.signum(CanonicalText.ORDER.compare(a, b)))
          .as("seed %d", seed)
          .isEqualTo(
              Integer.signum(
                  Arrays.compareUnsigned(
                      a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8))));
    }
    assertThat(CanonicalText.ORDER.compare("\uffff", "\ud83d\ude80")).isNegative();
  }
}
