package dev.afterbay.transforms.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceNumberTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0000000000000000000000000000000000000000",
    "7, 0000000000000000000000000000000000000007",
    "000000000000000000042, 0000000000000000000000000000000000000042",
    "100000000000000000001, 0000000000000000000100000000000000000001",
    "4421584500000000017450439091, 0000000000004421584500000000017450439091",
    "9999999999999999999999999999999999999999, 9999999999999999999999999999999999999999",
  })
  void aSequenceNumberIsHeldPadded(String text, String padded) {
    assertThat(SequenceNumber.parse(text).padded()).isEqualTo(padded);
    assertThat(SequenceNumber.parse(text))
        .isEqualTo(new SequenceNumber(padded))
        .hasToString(padded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 1",
        "-1",
        "+1",
        "1.0",
        "1e3",
        "abc",
        "١",
        "10000000000000000000000000000000000000000"
      })
  void anythingButOneToFortyDigitsIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SequenceNumber.parse(text))
        .withMessage("A sequence number has 1 to 40 decimal digits, not '" + text + "'");
  }

  @Test
  void sequenceNumbersCompareAsNumbersWhateverTheirLength() {
    SequenceNumber nine = SequenceNumber.parse("999999999999999999999");
    SequenceNumber ten = SequenceNumber.parse("1000000000000000000000");

    assertThat(ten.isAfter(nine)).isTrue();
    assertThat(nine.isAfter(ten)).isFalse();
    assertThat(ten.isAfter(ten)).isFalse();
    assertThat(nine).isLessThan(ten);
  }
}
