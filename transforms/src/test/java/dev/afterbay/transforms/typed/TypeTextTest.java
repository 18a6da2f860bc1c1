package dev.afterbay.transforms.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          string                           | string
          long                             | bigint
          BIGINT                           | bigint
          text                             | string
          bool                             | boolean
          integer                          | int
          bytes                            | binary
          decimal( 12 , 2 )                | decimal(12,2)
          timestamp                        | timestamp
          timestamp( millis-iso )          | timestamp(millis-iso)
          timestamp(local)                 | timestamp(local)
          timestamp(Seconds)               | timestamp(seconds)
          timestamp(millis)                | timestamp(millis)
          array<array<date>>               | array<array<date>>
          set<long>                        | set<bigint>
          map<string, map<string,json>>    | map<string,map<string,json>>
          struct<A:int,b_1:string>         | struct<A: int, b_1: string>
          struct<a: array<struct<b: decimal(10,2)>>, c: map<string,set<string>>> | \
          struct<a: array<struct<b: decimal(10,2)>>, c: map<string,set<string>>>
          """)
  void aTypeIsReadAndWrittenInOneSpelling(String text, String written) {
    ColumnType type = ColumnType.parse(text);

    assertThat(type.text()).isEqualTo(written);
    assertThat(type).hasToString(written);
    assertThat(ColumnType.parse(written)).isEqualTo(type).hasSameHashCodeAs(type);
    assertThat(ColumnType.parse(written).avro()).isEqualTo(type.avro());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ""                        | at character 1: a type is missing
          flot                      | at character 1: there is no type 'flot'
          array<flot>               | at character 7: there is no type 'flot'
          array                     | at character 6: the type of the elements follows in '<' and '>'
          array<int                 | at character 10: '>' is missing
          array<int>>               | at character 11: nothing more was expected
          string(10)                | at character 7: nothing more was expected
          decimal                   | at character 8: decimal needs its digits
          decimal(12)               | at character 11: decimal needs the digits after the point
          decimal(x,2)              | at character 9: a number was expected
          decimal(39,2)             | decimal(p,s) has 1 to 38 digits p, of which s are after the point, not decimal(39,2)
          decimal(2,3)              | not decimal(2,3)
          timestamp(nanos)          | at character 11: a timestamp is (millis-iso), (local), (seconds) or (millis), not 'nanos'
          set<boolean>              | at character 1: a set's members are string, binary, int, bigint, double or decimal(p,s), not boolean
          map<int,string>           | at character 5: the keys of a map are strings, map<string,T>
          map<string>               | at character 11: map needs the type of its values
          struct<>                  | at character 8: a struct's field is name: type
          struct<a>                 | at character 9: a struct's field is name: type
          struct<a: int, a: int>    | at character 16: a struct has the field 'a' twice
          struct<a: int, A: int>    | a struct has the field 'A' twice, as names that differ in upper and lower case
          struct<zip-code: int>     | begins with no digit, not 'zip-code'; for other attributes take map or json
          array<struct<a: long, b: dat>> | at character 26: there is no type 'dat'
          """)
  void whatIsNoTypeIsRefusedWithThePlaceAndTheTypesThatThereAre(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ColumnType.parse(text))
        .withMessageStartingWith("Not a column type: '" + text + "', at character ")
        .withMessageContaining(message)
        .withMessageContaining(
            "Types are string, boolean, int, bigint, double, decimal(p,s), date, binary,")
        .withMessageEndingWith("array<T>, set<T>, map<string,T>, struct<name: T, …>, json");
  }

  @Test
  void typesNestNoDeeperThanItems() {
    String deep = "array<".repeat(31) + "int" + ">".repeat(31);

    assertThat(ColumnType.parse(deep).text()).isEqualTo(deep);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ColumnType.parse("array<" + deep + ">"))
        .withMessageContaining("types nest at most 32 deep");
  }
}
