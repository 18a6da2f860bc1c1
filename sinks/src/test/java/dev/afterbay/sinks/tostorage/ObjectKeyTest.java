package dev.afterbay.sinks.tostorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTest {
  @Test
  void theNameIsWhatFollowsTheLastSlash() {
    assertThat(new ObjectKey("a/b/c.json").name()).isEqualTo("c.json");
    assertThat(new ObjectKey("c.json").name()).isEqualTo("c.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a/", "a//b", "a/../b", "./a"})
  void aKeyThatSomeStoreWouldBendIsRefused(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectKey(key))
        .withMessageContaining("'" + key + "'");
  }
}
