package dev.afterbay.consumer.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeTextsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ Total: decimal(12,2), At: date }            | { Total: decimal(12.2), At: date }",
        "{ a: struct<b: array<map<string,int>>, c: int>, d: int } |"
            + " { a: struct<b; array<map<string.int>>. c; int>, d: int }",
        "{ SK: 'O#{total:decimal(4,1)}', x: y }        | { SK: 'O#{total:decimal(4.1)}', x: y }",
        "{ a: decimal(12,2 }                           | { a: decimal(12,2 }",
        "{ a: mydecimal(1,2), b: other<c, d> }         | { a: mydecimal(1,2), b: other<c, d> }",
        "decimal(1,2)                                  | decimal(1.2)"
      })
  void onlyWhatIsInsideOfTypesIsHiddenAndNothingMoves(String text, String hidden) {
    String found = TypeTexts.hide(text);

    assertThat(found.replace('\uf8a1', '.').replace('\uf8a2', ';')).isEqualTo(hidden);
    assertThat(TypeTexts.show(found)).isEqualTo(text);
  }

  @Test
  void aTypeEndsInItsLine() {
    String text = "a: struct<b: int,\nc: int>\n";

    assertThat(TypeTexts.hide(text)).isEqualTo(text);
  }

  @Test
  void whatStandsForThemInAFileStaysItself() {
    String text = "a: \uf8a1, b: decimal(1,2)";

    assertThat(TypeTexts.hide(text)).isEqualTo(text);
  }
}
