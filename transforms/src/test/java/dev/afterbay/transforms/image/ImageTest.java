package dev.afterbay.transforms.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTest {
  @Test
  void theDigestIsTheXxh3OfTheText() {
    assertThat(Digest.of("")).isEqualTo("99aa06d3014798d86001c324468d497f");
  }

  @Test
  void theDigestOfAnItemNeverChangesBetweenVersions() {
    Image image =
        Image.parse("{\"SK\":{\"S\":\"PROFILE\"},\"PK\":{\"S\":\"USER#1\"},\"n\":{\"N\":\"1.0\"}}");

    assertThat(image.json())
        .isEqualTo("{\"PK\":{\"S\":\"USER#1\"},\"SK\":{\"S\":\"PROFILE\"},\"n\":{\"N\":\"1\"}}");
    assertThat(image.digest()).isEqualTo("9a2e25afb077c7ceb0554baa33b2a061");
    assertThat(image).hasToString(image.digest());
  }

  @Test
  void imagesAreEqualWhenTheirItemsAre() {
    Image one = Image.parse("{\"n\":{\"N\":\"1.0\"}}");

    assertThat(one)
        .isEqualTo(Image.of(new Item(Map.of("n", new Value.N("1E0")))))
        .hasSameHashCodeAs(Image.parse("{\"n\":{\"N\":\"1\"}}"))
        .isNotEqualTo(Image.parse("{\"n\":{\"S\":\"1\"}}"));
  }

  @Test
  void anyItemIsReadBackFromItsText() {
    for (long seed = 0; seed < 3_000; seed++) {
      Item item = item(seed);

      assertThat(Image.parse(Image.of(item).json()).item()).as("seed %d", seed).isEqualTo(item);
    }
  }

  @Test
  void theDigestDependsNeitherOnOrderNorOnSpelling() {
    for (long seed = 0; seed < 3_000; seed++) {
      Image image = Image.of(item(seed));

      Image respelled = Image.parse(new Respelling(seed).of(image.item()));

      assertThat(respelled.json()).as("seed %d", seed).isEqualTo(image.json());
      assertThat(respelled.digest()).as("seed %d", seed).isEqualTo(image.digest());
    }
  }

  @Test
  void differentItemsNeverShareAText() {
    Map<String, Item> byText = new HashMap<>();
    Map<String, Item> byDigest = new HashMap<>();
    for (long seed = 0; seed < 20_000; seed++) {
      Item item = new Item(Map.of("a", RandomItems.seeded(seed).value(1)));
      Image image = Image.of(item);

      assertThat(byText.computeIfAbsent(image.json(), text -> item))
          .as("seed %d", seed)
          .isEqualTo(item);
      assertThat(byDigest.computeIfAbsent(image.digest(), digest -> item))
          .as("seed %d", seed)
          .isEqualTo(item);
    }
  }

  @Test
  void lookAlikesHaveDifferentTexts() {
    List<Value> values =
        List.of(
            new Value.S("1"),
            new Value.N("1"),
            new Value.S("1.0"),
            new Value.S("true"),
            new Value.Bool(true),
            new Value.S("null"),
            new Value.Null(),
            new Value.S("MQ=="),
            new Value.B(Bytes.of(new byte[] {'1'})),
            new Value.SS(List.of("1")),
            new Value.NS(List.of("1")),
            new Value.BS(List.of(Bytes.of(new byte[] {'1'}))),
            new Value.L(List.of(new Value.S("1"))),
            new Value.L(List.of()),
            new Value.M(new Item(Map.of())),
            new Value.M(new Item(Map.of("S", new Value.S("1")))),
            new Value.S("\"},\"b\":{\"S\":\""),
            new Value.SS(List.of("a,b")),
            new Value.SS(List.of("a", "b")),
            new Value.SS(List.of("a\",\"b")),
            new Value.S("\ud83d\ude80"),
            new Value.S("\\ud83d\\ude80"),
            new Value.S("?"),
            new Value.S("\ufffd"));

    assertThat(values.stream().map(value -> Image.of(new Item(Map.of("a", value))).json()))
        .doesNotHaveDuplicates();
    assertThat(values.stream().map(value -> Image.of(new Item(Map.of("a", value))).digest()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "[] | expected an object of attributes",
        "{\"a\":1} | expected a value such as {\"S\":\"text\"}",
        "{\"a\":{}} | expected a type descriptor",
        "{\"a\":{\"X\":\"1\"}} | expected one of S, N, B, BOOL, NULL, M, L, SS, NS, BS, not 'X'",
        "{\"a\":{\"N\":1}} | expected a string",
        "{\"a\":{\"S\":null}} | expected a string",
        "{\"a\":{\"N\":\"one\"}} | 'one' is not a number",
        "{\"a\":{\"BOOL\":\"true\"}} | expected true or false",
        "{\"a\":{\"NULL\":false}} | expected true after NULL",
        "{\"a\":{\"SS\":[]}} | an SS is empty",
        "{\"a\":{\"L\":{}}} | expected an array",
        "{\"a\":{\"B\":\"****\"}} | Illegal base64 character",
        "{\"a\":{\"S\":\"1\",\"N\":\"1\"}} | expected one type descriptor for each value",
        "{\"a\":{\"S\":\"1\"},\"a\":{\"S\":\"1\"}} | 'a' stands twice",
        "{} {} | expected the end of the text",
        "{\"a\" | Not DynamoDB JSON",
      })
  void whatIsNotDynamoDbJsonIsRefusedWithItsPlace(String json, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Image.parse(json))
        .withMessageStartingWith("Not DynamoDB JSON")
        .withMessageContaining(reason)
        .withMessageContaining("line");
  }

  private static Item item(long seed) {
    RandomItems random = RandomItems.seeded(seed);
    if (seed % 500 == 0) {
      return random.large();
    }
    return seed % 10 == 0 ? random.deep() : random.next();
  }
}
