package dev.afterbay.local.torture.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ImagesTest {
  private static final Map<String, AttributeValue> ITEM =
      Map.of(
          "PK", AttributeValue.fromS("a"),
          "N", AttributeValue.fromN("12.50"),
          "Tags", AttributeValue.fromSs(List.of("u", "t")),
          "Address", AttributeValue.fromM(Map.of("City", AttributeValue.fromS("Łódź"))));

  @Test
  void twoSpellingsOfAnImageAreTheSame() {
    String json =
        """
        {"Tags":{"SS":["t","u"]},"N":{"N":"12.5"},"Address":{"M":{"City":{"S":"Łódź"}}},
         "PK":{"S":"a"}}""";

    assertThat(Images.digestOfJson(json, null)).isEqualTo(Images.digest(ITEM, null));
    assertThat(Images.digestOfJson(null, json)).isEqualTo(Images.digest(null, ITEM));
  }

  @Test
  void whatIsBeforeIsNotWhatIsAfter() {
    assertThat(Images.digest(ITEM, null)).isNotEqualTo(Images.digest(null, ITEM));
  }

  @Test
  void aMissingImageIsNotAnEmptyOne() {
    assertThat(Images.digest(ITEM, Map.of())).isNotEqualTo(Images.digest(ITEM, null));
  }

  @Test
  void anotherValueIsAnotherImage() {
    assertThat(Images.digestOfJson("{\"PK\":{\"S\":\"1\"}}", null))
        .isNotEqualTo(Images.digestOfJson("{\"PK\":{\"N\":\"1\"}}", null))
        .isNotEqualTo(Images.digestOfJson("{\"PK\":{\"S\":\"2\"}}", null));
  }

  @Test
  void theOrderOfAListCounts() {
    assertThat(Images.digestOfJson("{\"L\":{\"L\":[{\"S\":\"a\"},{\"S\":\"b\"}]}}", null))
        .isNotEqualTo(Images.digestOfJson("{\"L\":{\"L\":[{\"S\":\"b\"},{\"S\":\"a\"}]}}", null));
  }
}
