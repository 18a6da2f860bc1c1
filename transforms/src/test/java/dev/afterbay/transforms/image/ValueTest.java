package dev.afterbay.transforms.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValueTest {
  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(new Value.S("text"), "{\"S\":\"text\"}"),
        Arguments.of(new Value.S(""), "{\"S\":\"\"}"),
        Arguments.of(new Value.N("1.50"), "{\"N\":\"1.5\"}"),
        Arguments.of(new Value.B(bytes(0xff, 0xfe)), "{\"B\":\"//4=\"}"),
        Arguments.of(new Value.B(bytes()), "{\"B\":\"\"}"),
        Arguments.of(new Value.Bool(true), "{\"BOOL\":true}"),
        Arguments.of(new Value.Bool(false), "{\"BOOL\":false}"),
        Arguments.of(new Value.Null(), "{\"NULL\":true}"),
        Arguments.of(new Value.M(new Item(Map.of())), "{\"M\":{}}"),
        Arguments.of(
            new Value.M(new Item(Map.of("b", new Value.Null(), "a", new Value.S("x")))),
            "{\"M\":{\"a\":{\"S\":\"x\"},\"b\":{\"NULL\":true}}}"),
        Arguments.of(new Value.L(List.of()), "{\"L\":[]}"),
        Arguments.of(
            new Value.L(List.of(new Value.S("b"), new Value.S("a"))),
            "{\"L\":[{\"S\":\"b\"},{\"S\":\"a\"}]}"),
        Arguments.of(
            new Value.SS(List.of("b", "", "\ud83d\ude80", "\uffff", "B", "a")),
            "{\"SS\":[\"\",\"B\",\"a\",\"b\",\"\uffff\",\"\ud83d\ude80\"]}"),
        Arguments.of(
            new Value.NS(List.of("10", "9.0", "-1E1", "0.5", "1e2")),
            "{\"NS\":[\"-10\",\"0.5\",\"9\",\"10\",\"100\"]}"),
        Arguments.of(
            new Value.BS(List.of(bytes(0x80), bytes(), bytes(0x7f), bytes(0x7f, 0))),
            "{\"BS\":[\"\",\"fw==\",\"fwA=\",\"gA==\"]}"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueHasOneCanonicalJson(Value value, String json) {
    StringBuilder text = new StringBuilder();

    value.appendTo(text);

    assertThat(text).hasToString(json);
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueIsReadBackFromItsJson(Value value, String json) {
    assertThat(Image.parse("{\"a\":" + json + "}").item()).isEqualTo(new Item(Map.of("a", value)));
  }

  @Test
  void setsAreEqualInAnyOrderAndSpelling() {
    assertThat(new Value.NS(List.of("1", "2.0"))).isEqualTo(new Value.NS(List.of("2", "1E0")));
    assertThat(new Value.SS(List.of("a", "b"))).isEqualTo(new Value.SS(List.of("b", "a")));
    assertThat(new Value.L(List.of(new Value.S("a"), new Value.S("b"))))
        .isNotEqualTo(new Value.L(List.of(new Value.S("b"), new Value.S("a"))));
  }

  @Test
  void anEmptySetIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Value.SS(List.of()))
        .withMessage("an SS is empty; DynamoDB has no empty sets");
  }

  @Test
  void aSetWithEqualMembersIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Value.NS(List.of("1", "2", "1.0")))
        .withMessage("an NS holds one member twice; the members of a set differ");
  }

  @Test
  void bytesCannotBeChangedFromOutside() {
    byte[] content = {1, 2};
    Bytes bytes = Bytes.of(content);
    content[0] = 9;
    bytes.toByteArray()[1] = 9;

    assertThat(bytes.toByteArray()).containsExactly(1, 2);
    assertThat(bytes.asByteBuffer().isReadOnly()).isTrue();
    assertThat(bytes).hasToString("2 bytes").hasSameHashCodeAs(Bytes.of(bytes.asByteBuffer()));
  }

  private static Bytes bytes(int... values) {
    byte[] content = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      content[i] = (byte) values[i];
    }
    return Bytes.of(content);
  }
}
