package dev.afterbay.transforms.typed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Value;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fits which type, and what comes back. Values are DynamoDB JSON, with ' for its quotes. */
class ColumnTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          string                | {'S':''}
          string                | {'S':'\\u0000 é \ud83d\ude80'}
          boolean               | {'BOOL':false}
          int                   | {'N':'-2147483648'}
          int                   | {'N':'2147483647'}
          bigint                | {'N':'-9223372036854775808'}
          bigint                | {'N':'9223372036854775807'}
          bigint                | {'N':'1E18'}
          double                | {'N':'0.1'}
          double                | {'N':'-123456.789012345'}
          double                | {'N':'0.30000000000000004'}
          double                | {'N':'1E+125'}
          double                | {'N':'1E-130'}
          decimal(12,2)         | {'N':'9999999999.99'}
          decimal(12,2)         | {'N':'-9999999999.99'}
          decimal(12,2)         | {'N':'0'}
          decimal(2,2)          | {'N':'0.05'}
          decimal(2,2)          | {'N':'0'}
          decimal(38,0)         | {'N':'-99999999999999999999999999999999999999'}
          decimal(38,38)        | {'N':'0.00000000000000000000000000000000000001'}
          date                  | {'S':'2026-11-21'}
          date                  | {'S':'0001-01-01'}
          date                  | {'S':'9999-12-31'}
          date                  | {'S':'2024-02-29'}
          binary                | {'B':''}
          binary                | {'B':'AP8='}
          timestamp             | {'S':'2026-11-21T05:58:00Z'}
          timestamp             | {'S':'2026-11-21T05:58:00.250Z'}
          timestamp             | {'S':'1969-12-31T23:59:59.999999Z'}
          timestamp             | {'S':'0001-01-01T00:00:00Z'}
          timestamp             | {'S':'9999-12-31T23:59:59.999999Z'}
          timestamp(millis-iso) | {'S':'2026-11-21T05:58:00.000Z'}
          timestamp(local)      | {'S':'2026-11-21T05:58:00'}
          timestamp(local)      | {'S':'2026-11-21T05:58:00.123456'}
          timestamp(seconds)    | {'N':'1795240680'}
          timestamp(seconds)    | {'N':'-1.000001'}
          timestamp(millis)     | {'N':'1795240680123'}
          timestamp(millis)     | {'N':'1795240680123.456'}
          array<string>         | {'L':[]}
          array<string>         | {'L':[{'S':'b'},{'S':'a'},{'S':'b'}]}
          array<array<int>>     | {'L':[{'L':[]},{'L':[{'N':'1'}]}]}
          array<json>           | {'L':[{'NULL':true},{'N':'1'},{'S':'x'}]}
          set<string>           | {'SS':['b','a','']}
          set<binary>           | {'BS':['','AP8=']}
          set<int>              | {'NS':['3','-1']}
          set<bigint>           | {'NS':['9223372036854775807']}
          set<double>           | {'NS':['0.5','100']}
          set<decimal(38,9)>    | {'NS':['0.000000001','12']}
          map<string,bigint>    | {'M':{}}
          map<string,bigint>    | {'M':{'':{'N':'1'},'#!':{'N':'2'}}}
          map<string,json>      | {'M':{'a':{'L':[{'NULL':true}]}}}
          struct<a: int, b: set<string>> | {'M':{}}
          struct<a: int, b: set<string>> | {'M':{'b':{'SS':['x']}}}
          struct<a: struct<a: date>>     | {'M':{'a':{'M':{'a':{'S':'2026-11-21'}}}}}
          array<struct<b: decimal(10,2)>> | {'L':[{'M':{'b':{'N':'1.5'}}},{'M':{}}]}
          json                  | {'M':{}}
          json                  | {'L':[]}
          json                  | {'NULL':true}
          json                  | {'S':'{\\u0022a\\u0022: 1}'}
          json                  | {'N':'99999999999999999999999999999999999999E80'}
          json                  | {'N':'1E-130'}
          json                  | {'M':{'':{'L':[{'N':'0.1'},{'BOOL':true},{'S':'\\n\\u0001'}]}}}
          """)
  void whatFitsComesBackExactly(String type, String json) {
    ColumnType column = ColumnType.parse(type);
    Value value = value(json);

    Fit fit = column.fit(value);

    assertThat(fit).isInstanceOf(Fit.Exact.class);
    Object content = ((Fit.Exact) fit).content();
    assertThat(GenericData.get().validate(column.avro(), content)).isTrue();
    assertThat(column.valueOf(content)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          timestamp             | {'S':'2026-11-21T07:58:00+02:00'}      | {'S':'2026-11-21T05:58:00Z'}
          timestamp             | {'S':'2026-11-21T00:28:00-0530'}       | {'S':'2026-11-21T05:58:00Z'}
          timestamp             | {'S':'2026-11-21T07:58+02'}            | {'S':'2026-11-21T05:58:00Z'}
          timestamp             | {'S':'2026-11-21T05:58:00.000Z'}       | {'S':'2026-11-21T05:58:00Z'}
          timestamp             | {'S':'2026-11-21T05:58:00.5Z'}         | {'S':'2026-11-21T05:58:00.500Z'}
          timestamp             | {'S':'2026-11-21T05:58:00.123456000Z'} | {'S':'2026-11-21T05:58:00.123456Z'}
          timestamp             | {'S':'2026-11-21T05:58Z'}              | {'S':'2026-11-21T05:58:00Z'}
          timestamp(millis-iso) | {'S':'2026-11-21T05:58:00Z'}           | {'S':'2026-11-21T05:58:00.000Z'}
          timestamp(local)      | {'S':'2026-11-21 05:58:00'}            | {'S':'2026-11-21T05:58:00'}
          timestamp(local)      | {'S':'2026-11-21T05:58'}               | {'S':'2026-11-21T05:58:00'}
          array<timestamp>      | {'L':[{'S':'2026-11-21T05:58:00.0Z'}]} | {'L':[{'S':'2026-11-21T05:58:00Z'}]}
          struct<a: timestamp>  | {'M':{'a':{'S':'2026-11-21T05:58Z'}}}  | {'M':{'a':{'S':'2026-11-21T05:58:00Z'}}}
          map<string,timestamp> | {'M':{'k':{'S':'2026-11-21T05:58Z'}}}  | {'M':{'k':{'S':'2026-11-21T05:58:00Z'}}}
          """)
  void whatIsSpelledOtherwiseIsHeldAndComesBackInTheColumnsSpelling(
      String type, String json, String back) {
    ColumnType column = ColumnType.parse(type);

    Fit fit = column.fit(value(json));

    assertThat(fit).isInstanceOf(Fit.Respelled.class);
    assertThat(column.valueOf(((Fit.Respelled) fit).content())).isEqualTo(value(back));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          string                | {'N':'1'}                           | TYPE
          string                | {'NULL':true}                       | NULL
          boolean               | {'S':'true'}                        | TYPE
          int                   | {'N':'2147483648'}                  | RANGE
          int                   | {'N':'1E30'}                        | RANGE
          int                   | {'N':'0.5'}                         | PRECISION
          int                   | {'S':'1'}                           | TYPE
          bigint                | {'N':'9223372036854775808'}         | RANGE
          bigint                | {'N':'-9223372036854775809'}        | RANGE
          bigint                | {'N':'1.5'}                         | PRECISION
          double                | {'N':'0.1000000000000000055'}       | PRECISION
          double                | {'N':'9007199254740993'}            | PRECISION
          double                | {'N':'12345678901234567890123'}     | PRECISION
          decimal(12,2)         | {'N':'10000000000'}                 | RANGE
          decimal(12,2)         | {'N':'1E+125'}                      | RANGE
          decimal(12,2)         | {'N':'0.001'}                       | PRECISION
          decimal(2,2)          | {'N':'1'}                           | RANGE
          decimal(12,2)         | {'S':'1'}                           | TYPE
          date                  | {'S':'2026-02-29'}                  | TYPE
          date                  | {'S':'2026-1-1'}                    | TYPE
          date                  | {'S':'2026-11-21T00:00:00Z'}        | TYPE
          date                  | {'S':'0000-01-01'}                  | RANGE
          date                  | {'S':''}                            | TYPE
          date                  | {'S':'2026-11-é1'}                  | TYPE
          binary                | {'S':'AA=='}                        | TYPE
          timestamp             | {'S':'2026-11-21T05:58:00.1234567Z'} | PRECISION
          timestamp             | {'S':'2026-11-21T05:58:00'}         | TYPE
          timestamp             | {'S':'2026-11-21 05:58:00Z'}        | TYPE
          timestamp             | {'S':'2026-11-21T24:00:00Z'}        | TYPE
          timestamp             | {'S':'2026-11-21T23:59:60Z'}        | TYPE
          timestamp             | {'S':'2026-13-21T23:59:00Z'}        | TYPE
          timestamp             | {'S':'2026-11-21T05:58:00.Z'}       | TYPE
          timestamp             | {'S':'2026-11-21T05:58:00Zulu'}     | TYPE
          timestamp             | {'S':'2026-11-21T05:58:00+2'}       | TYPE
          timestamp             | {'S':'2026-11-21T05:58:00+02:60'}   | TYPE
          timestamp             | {'S':'2026-11-21'}                  | TYPE
          timestamp             | {'S':'0001-01-01T00:00:00+01:00'}   | RANGE
          timestamp             | {'S':'+10000-01-01T00:00:00Z'}      | TYPE
          timestamp             | {'N':'1795240680'}                  | TYPE
          timestamp(local)      | {'S':'2026-11-21T05:58:00Z'}        | TYPE
          timestamp(seconds)    | {'N':'0.0000001'}                   | PRECISION
          timestamp(seconds)    | {'N':'253402300800'}                | RANGE
          timestamp(seconds)    | {'N':'1E125'}                       | RANGE
          timestamp(seconds)    | {'S':'0'}                           | TYPE
          timestamp(millis)     | {'N':'0.0001'}                      | PRECISION
          array<string>         | {'L':[{'S':'a'},{'N':'1'}]}         | TYPE
          array<string>         | {'L':[{'NULL':true}]}               | NULL
          array<string>         | {'SS':['a']}                        | TYPE
          array<int>            | {'L':[{'N':'1'},{'N':'3000000000'}]} | RANGE
          set<string>           | {'NS':['1']}                        | TYPE
          set<string>           | {'L':[]}                            | TYPE
          set<decimal(4,2)>     | {'NS':['1','0.001']}                | PRECISION
          map<string,int>       | {'M':{'a':{'N':'1'},'b':{'S':''}}}  | TYPE
          struct<a: int>        | {'M':{'A':{'N':'1'}}}               | TYPE
          struct<a: int>        | {'M':{'a':{'NULL':true}}}           | NULL
          struct<a: int>        | {'M':{'a':{'N':'1'},'b':{'N':'1'}}} | TYPE
          struct<a: array<int>> | {'M':{'a':{'L':[{'N':'1.5'}]}}}     | PRECISION
          json                  | {'SS':['a']}                        | TYPE
          json                  | {'M':{'a':{'L':[{'B':''}]}}}        | TYPE
          """)
  void whatDoesNotFitIsRefusedWithTheReason(String type, String json, Reason reason) {
    assertThat(ColumnType.parse(type).fit(value(json))).isEqualTo(new Fit.Misfit(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          string             | 007                  | true
          bigint             | 12                   | true
          bigint             | -12                  | true
          bigint             | 007                  | false
          bigint             | +7                   | false
          bigint             | -                    | false
          bigint             | 1.0                  | false
          bigint             | 1e3                  | false
          int                | 3000000000           | false
          decimal(5,2)       | 1.5                  | true
          decimal(5,2)       | 1.50                 | false
          decimal(5,2)       | .5                   | false
          date               | 2026-11-21           | true
          date               | 2026-11-31           | false
          timestamp          | 2026-11-21T05:58:00Z | true
          timestamp          | 2026-11-21T05:58Z    | false
          timestamp(seconds) | 1795240680           | true
          timestamp(seconds) | 01795240680          | false
          """)
  void aCaptureFillsItsColumnOnlyIfItsTextComesBack(String type, String text, boolean fits) {
    ColumnType column = ColumnType.parse(type);

    Fit fit = column.fitText(text);

    if (fits) {
      assertThat(column.textOf(((Fit.Exact) fit).content())).isEqualTo(text);
    } else {
      assertThat(fit).isEqualTo(new Fit.Misfit(Reason.TEMPLATE));
    }
  }

  @Test
  void everyDoubleComesBackFromItsShortestDecimal() {
    SplittableRandom random = new SplittableRandom(20261121);
    ColumnType column = ColumnType.parse("double");
    for (int i = 0; i < 20_000; i++) {
      double number = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-120, 120));
      String shortest = NumberText.shortest(number).toPlainString();

      assertThat(column.fit(new Value.N(shortest))).isEqualTo(new Fit.Exact(number));
      assertThat(column.valueOf(number)).isEqualTo(new Value.N(shortest));
    }
  }

  static Value value(String json) {
    Image image = Image.parse("{\"a\":" + json.replace('\'', '"') + "}");
    Map<String, Value> attributes = image.item().attributes();
    return Objects.requireNonNull(attributes.get("a"));
  }
}
