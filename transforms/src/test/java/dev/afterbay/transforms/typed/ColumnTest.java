package dev.afterbay.transforms.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTest {
  @ParameterizedTest
  @CsvSource({
    "CreatedAt, CreatedAt",
    "zip-code, zip_code",
    "a.b#c, a_b_c",
    "1st, _1st",
    "é, _",
    "\ud83d\ude80x, _x",
    "'', _"
  })
  void aColumnIsCalledLikeItsAttribute(String attribute, String name) {
    assertThat(Column.nameOf(attribute)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cdc_seq", "CDC_anything", "dt", "DT", "hh", "1a", "a-b", ""})
  void aNameThatNoColumnCanHaveIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Column(name, new Column.Source.Attribute("a"), ColumnType.parse("int")))
        .withMessageContaining("'" + name + "'");
  }
}
