package dev.afterbay.transforms.fromstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.image.Image;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.Record;

final class WirePageTest {
  private static final WirePage.SdkReader UNASKED =
      json -> {
        throw new AssertionError("A usual record was left to the SDK");
      };

  @Test
  void anUnusualRecordIsLeftInItsPlace() throws UndecodableRecordException {
    String odd = record("{\"A\":{\"N\":\"a lot\"}}", "1.7E9", "2");
    WirePage page =
        read(page(usual("1") + " , " + odd + "," + usual("3") + "," + odd, ",\"Future\":[1,{}]"));

    List<StreamedRecord> records =
        page.records(
            json -> Record.builder().eventID(new String(json, StandardCharsets.UTF_8)).build());

    assertThat(new String(page.rest(), StandardCharsets.UTF_8))
        .isEqualTo(page("", ",\"Future\":[1,{}]"));
    assertThat(page.size()).isEqualTo(4);
    assertThat(records)
        .extracting(Object::getClass)
        .containsExactly(WireRecord.class, SdkRecord.class, WireRecord.class, SdkRecord.class);
    assertThat(records).element(1).extracting(StreamedRecord::eventId).isEqualTo(odd);
    assertThat(records.get(3).eventId()).isEqualTo(odd);
    assertThat(records.get(2).change().sequenceNumber().spelled()).endsWith("3");
  }

  @Test
  void recordsAreReadInAnyOrderAndAsOftenAsAskedFor() {
    String all =
        IntStream.range(0, 300)
            .mapToObj(i -> usual(Integer.toString(i)))
            .collect(Collectors.joining(","));
    List<StreamedRecord> records = read(page(all, "")).records(UNASKED);
    Iterator<StreamedRecord> first = records.iterator();
    first.next();
    Iterator<StreamedRecord> second = records.iterator();

    assertThat(records).hasSize(300);
    assertThat(records.get(299).spelledPosition()).isEqualTo("299");
    assertThat(second.next().spelledPosition()).isEqualTo("0");
    assertThat(first.next().spelledPosition()).isEqualTo("1");
    assertThat(records).last().extracting(StreamedRecord::spelledPosition).isEqualTo("299");
  }

  @Test
  void behindTheLastRecordThereIsNone() {
    Iterator<StreamedRecord> records = read(page(usual("1"), "")).records(UNASKED).iterator();
    records.next();

    assertThat(records.hasNext()).isFalse();
    assertThatThrownBy(records::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void whatTheSdkThrowsForARecordComesWhenThatRecordDoes() {
    WirePage page = read(page(usual("1") + ",null", ""));
    Iterator<StreamedRecord> records =
        page.records(
                json -> {
                  throw new IllegalStateException(new String(json, StandardCharsets.UTF_8));
                })
            .iterator();

    assertThat(records.next().spelledPosition()).isEqualTo("1");
    assertThatThrownBy(records::next).hasMessage("null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}x",
        "{\"Records\":null}",
        "{\"Records\":[],\"Records\":[]}",
        "{\"R\\u0065cords\":[]}",
        "{\"Records\":[{]}",
        "{\"Records\":[{}",
        "{\"Records\":[{},]}",
        "{\"Records\":[{\"a\":01}]}",
        "{\"Records\":[/**/]}",
        "\ufeff{\"Records\":[]}"
      })
  void anAnswerThatIsNotAsUsualIsLeftWhole(String body) {
    assertThat(WirePage.find(body.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{`S`:`a\\/b`} | {`S`:`a/b`}",
        "{`S`:`\\u00e9\\u0041\\ud83d\\ude80`} | {`S`:`éA🚀`}",
        "{`S`:`\\u000a\\u0007\\u0022\\u005c\\b\\\"`} | {`S`:`\\n\\u0007\\\"\\\\\\b\\\"`}",
        "{`N`:`+1.50E2`} | {`N`:`150`}",
        "{`N`:`-0.0`} | {`N`:`0`}",
        "{`N`:`1E-3`} | {`N`:`0.001`}",
        "{`B`:`AP8=`} | {`B`:`AP8=`}",
        "{ `BOOL` : false } | {`BOOL`:false}",
        "{`NULL`:true} | {`NULL`:true}",
        "{`SS`:[ `b`,`a` ]} | {`SS`:[`a`,`b`]}",
        "{`SS`:[`a`, `b`]} | {`SS`:[`a`,`b`]}",
        "{`NS`:[`10`,`9`,`-1`]} | {`NS`:[`-1`,`9`,`10`]}",
        "{`BS`:[`/w==`,`AA==`]} | {`BS`:[`AA==`,`/w==`]}",
        "{`L`:[{`S`:``}, {`M`:{}}]} | {`L`:[{`S`:``},{`M`:{}}]}",
        "{`M`:{`b`:{`S`:`1`},`é`:{`S`:`2`},`🚀`:{`S`:`3`},`�`:{`S`:`4`},`a`:{`L`:[]}}}"
            + " | {`M`:{`a`:{`L`:[]},`b`:{`S`:`1`},`é`:{`S`:`2`},`�`:{`S`:`4`},`🚀`:{`S`:`3`}}}"
      })
  void valuesBecomeCanonical(String wire, String canonical) throws UndecodableRecordException {
    StreamedRecord record = only(record("{\"A\":" + wire.replace('`', '"') + "}", "1.7E9", "1"));

    Image image = Objects.requireNonNull(record.change().newImage());

    assertThat(record).isInstanceOf(WireRecord.class);
    assertThat(image.json()).isEqualTo("{\"A\":" + canonical.replace('`', '"') + "}");
    assertThat(image).isEqualTo(Image.parse(image.json()));
  }

  @Test
  void manyAttributesAreSortedWhateverTheirNames() throws UndecodableRecordException {
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      attributes.append(i == 0 ? "" : ",").append("\"long prefix ").append(i * 7919 % 500);
      attributes.append("\":{\"N\":\"").append(i).append("\"}");
    }
    String map = "{" + attributes + "}";

    ChangeEvent change = only(record(map, "1.7E9", "1")).change();

    assertThat(change.newImage()).isEqualTo(Image.parse(map));
  }

  @ParameterizedTest
  @CsvSource({
    "1700000000, 1700000000000",
    "1.7E9, 1700000000000",
    "1.7000000005e+9, 1700000000500",
    "1700000000.1239, 1700000000123",
    "17000000000e-1, 1700000000000",
    "0, 0",
  })
  void timesAreReadToTheMillisecond(String seconds, long millis) {
    StreamedRecord record = only(record("{}", seconds, "1"));

    assertThat(record.created()).contains(Instant.ofEpochMilli(millis));
  }

  @Test
  void theRawTextOfARecordHasNothingSensitive() {
    StreamedRecord record =
        only(record("{\"A\":{\"S\":\"seen\"},\"B\":{\"S\":\"secret\"}}", "1700000000.9999", "1"));

    assertThat(record.text(Set.of("B")))
        .contains("\"A\":{\"S\":\"seen\"},\"B\":{\"S\":\"***\"}")
        .contains("\"ApproximateCreationDateTime\":1700000000.999,")
        .doesNotContain("secret");
    assertThat(record).asString().doesNotContain("seen");
  }

  private static StreamedRecord only(String record) {
    return read(page(record, "")).records(UNASKED).get(0);
  }

  private static WirePage read(String body) {
    return WirePage.find(body.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  private static String page(String records, String more) {
    return "{\"Records\":[" + records + "],\"NextShardIterator\":\"it\"" + more + "}";
  }

  private static String usual(String number) {
    return record("{\"A\":{\"S\":\"a\"}}", "1.7E9", number);
  }

  private static String record(String newImage, String created, String number) {
    return "{\"eventID\":\"e\",\"eventName\":\"INSERT\",\"dynamodb\":{\"Keys\":{\"PK\":{\"S\":\"a\"}},"
        + "\"NewImage\":"
        + newImage
        + ",\"ApproximateCreationDateTime\":"
        + created
        + ",\"SequenceNumber\":\""
        + number
        + "\"}}";
  }
}
