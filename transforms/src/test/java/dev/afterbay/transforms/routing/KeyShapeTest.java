package dev.afterbay.transforms.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.image.Bytes;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyShapeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "USER#1        | CART#c-7      | PK: \"USER#{user_id}\", SK: \"CART#{cart_id}\"",
        "USER#alice    | PROFILE       | PK: \"USER#{user_id}\", SK: \"PROFILE\"",
        "USER#ALICE    | ORDER_ITEM#1  | PK: \"USER#{user_id}\", SK: \"ORDER_ITEM#{order_item_id}\"",
        "user#alice    | #META#1       | PK: \"user#{user_id}\", SK: \"#META#{meta_id}\"",
        "USER#1        | USER#1        | PK: \"USER#{user_id}\", SK: \"USER#{user_id_2}\"",
        "USER#1#2#3    | 2024-01-01    | PK: \"USER#{user_id}#{user_id_2}#{user_id_3}\", SK: \"{sk}\"",
        "TENANT#1#USERS | V0#USER#     | PK: \"TENANT#{tenant_id}#USERS\", SK: \"{sk}#USER#\"",
        "{a}           | a{b           | PK: \"{pk}\", SK: \"{sk}\"",
        "DT            | alice         | PK: \"DT\", SK: \"{sk}\""
      })
  void namesStayAndIdentifiersBecomeCaptures(String partition, String sort, String shape) {
    Map<String, Value> key = Map.of("PK", new Value.S(partition), "SK", new Value.S(sort));

    String found = KeyShape.of(new Item(key), List.of("PK", "SK"));

    assertThat(found).isEqualTo(shape);
  }

  @Test
  void numbersAreCapturedAndBytesLeftOut() {
    Item item =
        new Item(
            Map.of(
                "Order Id", new Value.N("17"),
                "hh", new Value.S("x1"),
                "bytes", new Value.B(Bytes.of(new byte[1]))));

    assertThat(KeyShape.of(item, List.of("Order Id", "bytes")))
        .isEqualTo("\"Order Id\": \"{order_id}\"");
    assertThat(KeyShape.of(item, List.of("hh"))).isEqualTo("hh: \"{hh_2}\"");
    assertThat(KeyShape.of(item, List.of("absent"))).isEmpty();
  }

  @Test
  void aShapeMatchesTheKeyThatItIsOf() {
    for (String text :
        List.of("#", "##", "A#", "#A", "A##1", "a#b#c#d", "A_B-C#1", "-", "ä#ß", "{{}}", "A#{#}")) {
      Map<String, Value> key = new HashMap<>();
      key.put("PK", new Value.S(text));
      String shape = KeyShape.of(new Item(key), List.of("PK"));
      String template = shape.substring("PK: \"".length(), shape.length() - 1);

      assertThat(Template.parse(template, '#').matches(text)).as(shape).isTrue();
    }
  }
}
