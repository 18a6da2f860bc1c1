package dev.afterbay.sinks.tocatalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommentTextTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "short,short",
        "ten digits,ten digits",
        "eleven more,eleven mo…",
        "\" a\n b\tc \",a b c",
        "12345678😀x,12345678…"
      })
  void aCommentIsOneLineAndNotTooLong(String comment, String fitting) {
    assertThat(CommentText.fitting(comment, 10)).isEqualTo(fitting).hasSizeLessThanOrEqualTo(10);
  }
}
