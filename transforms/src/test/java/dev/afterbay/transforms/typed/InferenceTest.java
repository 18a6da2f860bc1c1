package dev.afterbay.transforms.typed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceTest {
  private final Inference inference = new Inference();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'S':'2026-11-21'}         | string
          {'N':'1'}                  | decimal(38,9)
          {'BOOL':true}              | boolean
          {'B':''}                   | binary
          {'SS':['a']}               | set<string>
          {'NS':['1']}               | set<decimal(38,9)>
          {'BS':['']}                | set<binary>
          {'L':[{'NULL':true}]}      | json
          {'M':{}}                   | json
          """)
  void aValueGivesItsAttributeAColumn(String json, String type) {
    inference.observe("a-b", ColumnTypeTest.value(json));

    assertThat(inference.columns()).containsExactly(Column.of("a-b", ColumnType.parse(type)));
  }

  @Test
  void whatNoColumnCanHoldGivesNone() {
    inference.observe("null", ColumnTypeTest.value("{'NULL':true}"));
    inference.observe("nested set", ColumnTypeTest.value("{'L':[{'SS':['a']}]}"));
    inference.observe("cdc_x", ColumnTypeTest.value("{'S':'a'}"));
    inference.observe("dt", ColumnTypeTest.value("{'S':'a'}"));

    assertThat(inference.columns()).isEmpty();
  }

  @Test
  void whatWasSeenFirstCountsOnceItSaysSomething() {
    inference.observe("b", ColumnTypeTest.value("{'NULL':true}"));
    inference.observe("a", ColumnTypeTest.value("{'N':'1'}"));
    inference.observe("b", ColumnTypeTest.value("{'S':'x'}"));
    inference.observe("a", ColumnTypeTest.value("{'S':'turned into text'}"));

    assertThat(inference.columns())
        .extracting(column -> column.name() + " " + column.type())
        .containsExactly("a decimal(38,9)", "b string");
  }
}
