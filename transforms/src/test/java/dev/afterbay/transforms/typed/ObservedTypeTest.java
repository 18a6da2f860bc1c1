package dev.afterbay.transforms.typed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.image.RandomItems;
import dev.afterbay.transforms.image.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservedTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'N':'1'},{'N':'-9223372036854775808'}                       | bigint
          {'N':'1'},{'N':'9223372036854775808'}                        | decimal(38,0)
          {'N':'66.9'}                                                 | decimal(18,2)
          {'N':'0.123'},{'N':'7'}                                      | decimal(18,3)
          {'N':'12345678901234567890.12'}                              | decimal(26,2)
          {'N':'123456789012345678901234567890123456.5'}               | decimal(38,2)
          {'N':'1E125'},{'N':'0.5'}                                    | decimal(38,0)
          {'N':'0.30000000000000004'},{'N':'1'}                        | double
          {'N':'0.3000000000000000055'}                                | decimal(24,19)
          {'S':'2026-11-06'},{'S':'2024-02-29'}                        | date
          {'S':'2026-11-06'},{'S':'soon'}                              | string
          {'S':'2026-11-02T08:15:00Z'}                                 | timestamp
          {'S':'2026-11-02T08:15:00Z'},{'S':'2026-11-02T08:15:00.5Z'}  | string
          {'S':'2026-11-02T08:15:00.250Z'},{'S':'2026-11-02T08:15:00.000Z'} | timestamp(millis-iso)
          {'S':'2026-11-02T08:15:00'}                                  | timestamp(local)
          {'S':''}                                                     | string
          {'BOOL':true},{'NULL':true}                                  | boolean
          {'B':''}                                                     | binary
          {'SS':['a']}                                                 | set<string>
          {'BS':['']}                                                  | set<binary>
          {'NS':['44','46']}                                           | set<bigint>
          {'NS':['44','48.5']}                                         | set<decimal(18,2)>
          {'L':[{'S':'a'}]},{'L':[]}                                   | array<string>
          {'L':[]}                                                     | json
          {'L':[{'S':'a'},{'N':'1'}]}                                  | json
          {'L':[{'S':'a'},{'NULL':true}]}                              | json
          {'L':[{'SS':['a']},{'SS':['b']}]}                            | array<set<string>>
          {'L':[{'L':[{'N':'1'}]}]}                                    | array<array<bigint>>
          {'L':[{'M':{'a':{'N':'1'}}},{'M':{'a':{'N':'2'}}}]}          | array<struct<a: bigint>>
          {'L':[{'M':{'a':{'N':'1'}}},{'M':{'b':{'N':'2'}}}]}          | array<json>
          {'M':{'a':{'N':'1'},'b':{'S':'x'}}}                          | struct<a: bigint, b: string>
          {'M':{'a':{'N':'1'}}},{'M':{'b':{'S':'x'}}}                  | json
          {'M':{'a':{'N':'1'}}},{'M':{}}                               | json
          {'M':{'a':{'NULL':true}}}                                    | json
          {'M':{'a b':{'N':'1'}}}                                      | json
          {'M':{'a b':{'SS':['x']}}},{'M':{'c':{'SS':['x']}}}          | map<string,set<string>>
          {'S':'x'},{'N':'1'},{'N':'2'}                                | bigint
          """)
  void theNarrowestTypeWithSomeRoomIsFound(String values, String type) {
    ObservedType observed = new ObservedType();
    list(values).forEach(observed::add);
    ObservedType halves = new ObservedType();
    list(values)
        .forEach(
            value -> {
              ObservedType one = new ObservedType();
              one.add(value);
              halves.addAll(one);
            });

    assertThat(observed.type().map(ColumnType::text)).contains(type);
    assertThat(halves.type()).isEqualTo(observed.type());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'NULL':true}
          {'M':{'a':{'SS':['x']},'b c':{'N':'1'}}}
          {'L':[{'B':''},{'N':'1'}]}
          """)
  void whatNoColumnHoldsHasNoType(String values) {
    ObservedType observed = new ObservedType();
    list(values).forEach(observed::add);

    assertThat(observed.type()).isEmpty();
  }

  @Test
  void whatASingleValueIsSaidToBeHoldsIt() {
    RandomItems items = RandomItems.seeded(20261121);
    for (int i = 0; i < 5_000; i++) {
      Value value = items.value(3);
      ObservedType observed = new ObservedType();
      observed.add(value);

      observed
          .type()
          .filter(type -> !type.text().contains("decimal"))
          .ifPresent(type -> assertThat(type.fit(value)).isInstanceOf(Fit.Exact.class));
    }
  }

  private static List<Value> list(String values) {
    return ((Value.L) ColumnTypeTest.value("{'L':[" + values + "]}")).elements();
  }
}
