package dev.afterbay.transforms.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroColumnsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "string"                                                      | string
          "boolean"                                                     | boolean
          "int"                                                         | int
          "long"                                                        | bigint
          ["null","double"]                                             | double
          ["string","null"]                                             | string
          ["bytes"]                                                     | binary
          {"type":"bytes","logicalType":"decimal","precision":12,"scale":2} | decimal(12,2)
          {"type":"fixed","name":"f","size":6,"logicalType":"decimal","precision":12} | decimal(12,0)
          {"type":"int","logicalType":"date"}                           | date
          {"type":"long","logicalType":"timestamp-millis"}              | timestamp
          {"type":"long","logicalType":"timestamp-micros"}              | timestamp
          {"type":"long","logicalType":"local-timestamp-micros"}        | timestamp(local)
          {"type":"string","logicalType":"uuid"}                        | string
          {"type":"array","items":["null","long"]}                      | array<bigint>
          {"type":"map","values":{"type":"array","items":"string"}}     | map<string,array<string>>
          {"type":"record","name":"a","fields":[{"name":"b","type":"int"}]} | struct<b: int>
          """)
  void aFieldBecomesAColumn(String type, String column) {
    assertThat(AvroColumns.parse(record("{\"name\":\"F\",\"type\":" + type + "}")))
        .containsExactly(Column.of("F", ColumnType.parse(column)));
  }

  @Test
  void propertiesNameTheAttributeAndWhatAvroCannotSay() {
    String fields =
        """
        {"name":"tags","attribute":"my tags","type":{"type":"array","items":"string"},
         "column-type":"set<string>"},
        {"name":"address","type":{"type":"record","name":"a","fields":[
          {"name":"since","type":"long","column-type":"timestamp(seconds)"}]}}
        """;

    assertThat(AvroColumns.parse(record(fields)))
        .containsExactly(
            new Column(
                "tags", new Column.Source.Attribute("my tags"), ColumnType.parse("set<string>")),
            Column.of("address", ColumnType.parse("struct<since: timestamp(seconds)>")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "float"                        | 'F': a float rounds; take double, or bytes with decimal
          {"type":"enum","name":"e","symbols":["A"]} | 'F': an enum refuses what is new; take string
          {"type":"fixed","name":"f","size":6}       | 'F': a fixed needs the logical type decimal; take bytes
          "null"                         | 'F': null is no type of its own
          ["int","string"]               | 'F': a column has one type and null, not the union ["int","string"]; take json
          {"type":"array","items":"float"}           | 'F[]': a float rounds
          {"type":"map","values":"float"}            | 'F{}': a float rounds
          {"type":"record","name":"a","fields":[{"name":"b","type":"float"}]} | 'F.b': a float rounds
          {"type":"record","name":"a","fields":[]}   | 'F': a struct has at least one field
          {"type":"record","name":"a","fields":[{"name":"b","type":["null","a"]}]} | 'F.b': a record cannot be inside itself
          {"type":"int","logicalType":"time-millis"} | 'F': there is no column for the logical type 'time-millis'
          {"type":"bytes","logicalType":"decimal","precision":39} | 'F': decimal(p,s) has 1 to 38 digits p
          {"type":"bytes","logicalType":"decimal","precision":3,"scale":4} | 'F': a decimal has a precision, and a scale that is not greater
          """)
  void whatIsNoColumnIsRefusedWithItsPlace(String type, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AvroColumns.parse(record("{\"name\":\"F\",\"type\":" + type + "}")))
        .withMessageStartingWith("The Avro field ")
        .withMessageContaining(message);
  }

  @Test
  void textThatIsNoRecordIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AvroColumns.parse("columns: {}"))
        .withMessageStartingWith("Not an Avro schema: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AvroColumns.parse("\"string\""))
        .withMessage("An Avro schema of columns is a record, not string");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AvroColumns.parse(record("{\"name\":\"cdc_x\",\"type\":\"int\"}")))
        .withMessageContaining("cdc_x");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                AvroColumns.parse(
                    record("{\"name\":\"F\",\"type\":\"int\",\"column-type\":\"integr\"}")))
        .withMessageStartingWith("The Avro field 'F': Not a column type: 'integr'");
  }

  private static String record(String fields) {
    return "{\"type\":\"record\",\"name\":\"r\",\"fields\":[" + fields + "]}";
  }
}
