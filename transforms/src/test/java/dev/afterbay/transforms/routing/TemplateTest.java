package dev.afterbay.transforms.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      nullValues = "-",
      value = {
        // template, text, captures with spaces between; - if it does not match
        "USER#{user_id}, USER#1, 1",
        "USER#{user_id}, USER#1#2, -",
        "USER#{user_id}, USER#, -",
        "USER#{user_id}, USER, -",
        "USER#{user_id}, user#1, -",
        "USER#{user_id}, XUSER#1, -",
        "PROFILE, PROFILE, \"\"",
        "PROFILE, PROFILES, -",
        "PROFILE, PROFIL, -",
        "{id}, 17, 17",
        "{id}, a#b, -",
        "{id*}, a#b, a#b",
        "{id*}, \"\", -",
        "LOC#{country}#{rest*}, LOC#DE#BE#10115, DE BE#10115",
        "LOC#{country}#{rest*}, LOC#DE##, DE #",
        "LOC#{country}#{rest*}, LOC#DE#, -",
        "{a}#ORDER#{b}, x#ORDER#y, x y",
        "{a}#ORDER#{b}, x#ORDER#y#z, -",
        "{a}#ORDER#{b}, x#ORDERS#y, -",
        "{a}#ORDER#{b}, #ORDER#y, -",
        "{a}-#{b}, a--#c, a- c",
        "{a}-#{b}, -#c, -",
        "{a}-{b}, x-y-z, x y-z",
        "{a}-{b}, -x-y, -x y",
        "{a}-{b}, --x, - x",
        "{a}-{b}, x-, -",
        "{a}-{b}, x#y-z, -",
        "{a}-{b}#{c}, x-y-z#1, x y-z 1",
        "{a}-{b}#{c}, xyz#1-2, -",
        "{a}aa{b}, aaaa, a a",
        "{a}aa{b}aa, 1aa2aaaa, 1 2aa",
        "{a}.json, a.json.json, a.json",
        "{a}.json, .json, -",
        "{{{a}}}, {x}, x",
        "a{{b}}c, a{b}c, \"\"",
        "{a}\ud83d\ude00{b}, x\ud83d\ude00\ud83d\ude01, x \ud83d\ude01"
      })
  void aTemplateTakesATextApart(String template, String text, String captures) {
    Optional<List<String>> match = Template.parse(template, '#').match(text);

    assertThat(match)
        .isEqualTo(
            Optional.ofNullable(captures)
                .map(line -> line.isEmpty() ? List.<String>of() : List.of(line.split(" ", -1))));
  }

  @Test
  void anotherDelimiterMayBeAgreed() {
    Template template = Template.parse("USER|{id}", '|');

    assertThat(template.match("USER|a#b")).contains(List.of("a#b"));
    assertThat(template.match("USER|a|b")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "\"\" | is empty; write for example USER#{user_id}",
        "USER#{id | has a '{' that is not closed; close the capture with '}', or write '{{' for the"
            + " character itself",
        "USER}#{id} | has a '}' that closes nothing; write '}}' for the character itself",
        "USER#{} | has a capture without a name; write for example {user_id}",
        "USER#{:long} | has a capture without a name; write for example {user_id}",
        "USER#{*} | has a capture without a name; write for example {user_id}",
        "USER#{user id} | has a capture with the name 'user id'; a name has letters, digits and"
            + " '_', and does not begin with a digit",
        "{a}{b} | has two captures side by side; put the text between them that parts them, or make"
            + " them one",
        "{a*}#{b} | goes on after a capture with '*'; such a capture stands last",
        "{a*}# | goes on after a capture with '*'; such a capture stands last",
        "{a}#{A} | captures 'A' twice; give each capture its own name",
        "{a:set<string>} | has a capture of type 'set<string>'; captures are string, int, long,"
            + " decimal(p,s), date or timestamp(…)",
        "{a:} | has a capture of type ''; captures are string, int, long, decimal(p,s), date or"
            + " timestamp(…)"
      })
  void aTemplateThatCannotBeReadIsRefusedWithTheWayOut(String template, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Template.parse(template, '#'))
        .withMessage("the template '" + template + "' " + sentence);
  }

  @Test
  void aBraceCannotBeTheDelimiter() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Template.parse("a", '{'))
        .withMessage("'{' cannot be a delimiter; write for example '#' or '|'");
  }

  @Test
  void onlyWhatWouldBeCapturedIsRendered() {
    Template template = Template.parse("{a}-{b}", '#');

    assertThat(template.render(List.of("x", "y-z"))).isEqualTo("x-y-z");
    for (List<String> other :
        List.of(List.of("x-y", "z"), List.of("x#", "y"), List.of("", "y"), List.of("x"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> template.render(other))
          .withMessage("'{a}-{b}' captures nothing like what it shall be rendered with");
    }
  }

  @Test
  void templatesAreEqualIfTheyTakeTheSameTextsApartAlike() {
    assertThat(Template.parse("A#{b}", '#'))
        .isEqualTo(Template.parse("A#{b}", '#'))
        .hasSameHashCodeAs(Template.parse("A#{b}", '#'))
        .isNotEqualTo(Template.parse("A#{b}", '|'))
        .isNotEqualTo(Template.parse("A#{c}", '#'))
        .hasToString("A#{b}");
  }

  @Test
  void captureAndRenderAreInverseForAnyTemplate() {
    int rendered = 0;
    for (long seed = 0; seed < 50_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Template template = RandomTemplates.next(random);
      String text = RandomTemplates.text(random, 1 + random.nextInt(9));
      Optional<List<String>> captured = template.match(text);
      if (captured.isPresent()) {
        assertThat(template.render(captured.get())).as("seed %d", seed).isEqualTo(text);
        rendered++;
      }
      assertThat(captured.isPresent())
          .as("seed %d: %s on %s", seed, template, text)
          .isEqualTo(RandomTemplates.pattern(template).matcher(text).matches());
    }
    assertThat(rendered).isGreaterThan(1_000);
  }

  @Test
  void capturesComeBackFromWhatTheyRenderTo() {
    for (long seed = 0; seed < 20_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Template template = RandomTemplates.delimited(random);
      List<String> captures =
          template.captureNames().stream()
              .map(name -> "v" + random.nextInt(100) + "-ä\ud83d\ude00")
              .toList();

      String text = template.render(captures);

      assertThat(template.match(text)).as("seed %d: %s", seed, template).contains(captures);
    }
  }
}
