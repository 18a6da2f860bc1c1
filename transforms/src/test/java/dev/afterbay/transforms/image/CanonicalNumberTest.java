package dev.afterbay.transforms.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalNumberTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "+0, 0",
    "0.000, 0",
    "-0.0, 0",
    "0E999999999, 0",
    "0e-999999999, 0",
    "00, 0",
    "1, 1",
    "+1, 1",
    "01, 1",
    "1., 1",
    "1.0, 1",
    "1E0, 1",
    "0.1E1, 1",
    "10E-1, 1",
    "1e0000002, 100",
    "-1, -1",
    "-01.50, -1.5",
    "-0.5, -0.5",
    "-00.5, -0.5",
    "0.5, 0.5",
    ".5, 0.5",
    "00.5, 0.5",
    "100, 100",
    "1E2, 100",
    "12.5, 12.5",
    "12.50, 12.5",
    "1.23E-3, 0.00123",
    "99999999999999999999999999999999999999, 99999999999999999999999999999999999999",
    "-99999999999999999999999999999999999999, -99999999999999999999999999999999999999",
    "99999999999999999999999999999999999999.000, 99999999999999999999999999999999999999",
    "0.99999999999999999999999999999999999999, 0.99999999999999999999999999999999999999",
  })
  void everySpellingOfANumberBecomesTheSameOne(String spelling, String canonical) {
    assertThat(CanonicalNumber.of(spelling)).isEqualTo(canonical);
    assertThat(CanonicalNumber.of(canonical)).isEqualTo(canonical);
  }

  @Test
  void theEndsOfTheRangeAreSpelledInFull() {
    assertThat(CanonicalNumber.of("1E-130")).isEqualTo("0." + "0".repeat(129) + "1");
    assertThat(CanonicalNumber.of("-9.99E+125")).isEqualTo("-999" + "0".repeat(123));
    assertThat(CanonicalNumber.of("9.9999999999999999999999999999999999999E+125"))
        .isEqualTo("9".repeat(38) + "0".repeat(88));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "+",
        ".",
        "-.",
        "E1",
        "1E",
        "1E+",
        "1 ",
        " 1",
        "1_000",
        "1,5",
        "0x10",
        "NaN",
        "Infinity",
        "-Infinity",
        "١٢",
        "1.2.3",
        "--1",
        "1E1.5",
        "1E9999999999",
        "1f",
        "１"
      })
  void whatIsNotANumberIsRefusedByName(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CanonicalNumber.of(text))
        .withMessage(
            "'%s' is not a number; DynamoDB numbers are decimal, such as -1.5".formatted(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1E126",
        "-1E126",
        "9.9E-131",
        "1E999999999",
        "1E-999999999",
        "123456789012345678901234567890123456789",
        "0.123456789012345678901234567890123456789"
      })
  void whatDynamoDbCannotHoldIsRefusedWithTheLimits(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CanonicalNumber.of(text))
        .withMessageContaining(text.substring(0, Math.min(40, text.length())))
        .withMessageContaining("at most 38 significant digits")
        .withMessageContaining("1E-130 and 9.99E+125");
  }

  @Test
  void aVeryLongTextIsRefusedWithoutBeingRepeated() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CanonicalNumber.of("9".repeat(400_000)))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }

  @Test
  void theOrderOfSpellingsIsTheOrderOfNumbers() {
    List<String> sorted =
        Stream.of(
                "-1E125", "-1000", "-999.5", "-10", "-9", "-1.5", "-1.25", "-1", "-0.5", "-1E-130",
                "0", "1E-130", "0.05", "0.5", "1", "1.25", "1.5", "9", "10", "10.5", "99", "1E125")
            .map(CanonicalNumber::of)
            .toList();
    List<String> shuffled = sorted.stream().collect(Collectors.toList());
    Collections.shuffle(shuffled, new Random(7));

    shuffled.sort(CanonicalNumber.ORDER);

    assertThat(shuffled).isEqualTo(sorted);
  }

  @Test
  void anyNumberKeepsItsValueAndItsPlaceAmongOthers() {
    for (long seed = 0; seed < 20_000; seed++) {
      RandomItems random = RandomItems.seeded(seed);
      String a = random.number();
      String b = random.number();
      String canonicalA = CanonicalNumber.of(a);
      String canonicalB = CanonicalNumber.of(b);

      assertThat(new BigDecimal(canonicalA))
          .as("seed %d", seed)
          .isEqualByComparingTo(new BigDecimal(a));
      assertThat(CanonicalNumber.of(new Respelling(seed).number(canonicalA)))
          .as("seed %d", seed)
          .isEqualTo(canonicalA);
      assertThat(Integer.signum(CanonicalNumber.ORDER.compare(canonicalA, canonicalB)))
          .as("seed %d", seed)
          .isEqualTo(new BigDecimal(a).compareTo(new BigDecimal(b)));
    }
  }
}
