package dev.afterbay.transforms.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntersectionTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "USER#{id}, USER#{name}, USER#1",
        "USER#{id}, ORDER#{id}, -",
        "USER#{id}, USER#{a}#{b}, -",
        "USER#{rest*}, USER#{a}#{b}, USER#1#1",
        "USER#{id}, USER#me, USER#me",
        "{kind}#{id}, USER#{id}, USER#1",
        "USER, {id}, USER",
        "USER, USERS, -",
        "{a}#X, X#{b}, X#X",
        "{a}b, a{b}, ab",
        "{a}-{b}, {a}+{b}, 1+-1",
        "A{a}A, {a*}, A1A"
      })
  void twoTemplatesHaveTheirShortestTextInCommon(String one, String other, String common) {
    Template left = Template.parse(one, '#');
    Template right = Template.parse(other, '#');

    assertThat(left.common(right)).isEqualTo(Optional.ofNullable(common));
    assertThat(right.common(left).isPresent()).isEqualTo(common != null);
  }

  @Test
  void aCaptureOfOneTakesTheDelimiterOfTheOther() {
    assertThat(Template.parse("A{a}", '#').common(Template.parse("A|{b}#{c*}", '|'))).isEmpty();
    assertThat(Template.parse("A{a}", '|').common(Template.parse("A#{b}", '#'))).contains("A#1");
    assertThat(Template.parse("{a}", '1').common(Template.parse("{b}", '2'))).contains("3");
  }

  @Test
  void surrogatePairsStayWhole() {
    assertThat(
            Template.parse("{a}\ud83d\ude00", '#').common(Template.parse("\ud83d\ude01{b}", '#')))
        .contains("\ud83d\ude01\ud83d\ude00");
  }

  @Test
  void aCommonTextIsFoundIfAndOnlyIfThereIsOne() {
    List<String> texts = texts(RandomTemplates.ALPHABET, 7);
    int overlapping = 0;
    int apart = 0;
    for (long seed = 0; seed < 5_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Template one = RandomTemplates.next(random);
      Template other = RandomTemplates.next(random);
      Optional<String> shortest = shortest(texts, one, other);

      Optional<String> common = one.common(other);

      if (common.isPresent()) {
        assertThat(one.matches(common.get()) && other.matches(common.get()))
            .as("seed %d: %s of %s and %s", seed, common.get(), one, other)
            .isTrue();
        overlapping++;
      } else {
        assertThat(shortest).as("seed %d: %s and %s", seed, one, other).isEmpty();
        apart++;
      }
      if (shortest.isPresent()) {
        assertThat(common.map(String::length))
            .as("seed %d: %s and %s", seed, one, other)
            .contains(shortest.get().length());
      }
    }
    assertThat(overlapping).isGreaterThan(300);
    assertThat(apart).isGreaterThan(300);
  }

  private static Optional<String> shortest(List<String> texts, Template one, Template other) {
    Pattern left = RandomTemplates.pattern(one);
    Pattern right = RandomTemplates.pattern(other);
    return texts.stream()
        .filter(text -> left.matcher(text).matches() && right.matcher(text).matches())
        .findFirst();
  }

  /** All texts of up to so many letters, the short ones first. */
  private static List<String> texts(String alphabet, int length) {
    List<String> texts = new ArrayList<>(List.of(""));
    for (int from = 0; texts.get(from).length() < length; from++) {
      for (int i = 0; i < alphabet.length(); i++) {
        texts.add(texts.get(from) + alphabet.charAt(i));
      }
    }
    return texts;
  }
}
