package dev.afterbay.reconciliation.heal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.commit.RecordedGap;
import dev.afterbay.sinks.commit.ShardStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rows that a key needs for one gap of one shard, after position 100 and before 200, from 12:00
 * to 12:20; the windows begin at 11:58 and end at 12:20:01.
 */
final class JudgeTest {
  private static final RecordedGap GAP =
      Told.gap("s", 100, Optional.of(200L), at("12:00:00"), at("12:20:00"));

  private static Instant at(String time) {
    return Instant.parse("2026-11-21T" + time + "Z");
  }

  /**
   * Rows are {@code position time old>new}, H for one of an earlier healing; lines without
   * position.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          made in the gap                      |                                      | 12:05:00 ->a               | ->a 12:05:00
          made and removed in the gap          |                                      |                            |
          changed in the gap                   | 50 11:00:00 ->a                      | 12:05:00 a>b               | a>b 12:05:00
          removed in the gap                   | 50 11:00:00 ->a                      | 12:05:00 a>-               | a>- 12:05:00
          changed there and back               | 50 11:00:00 ->a                      | 12:05:00 a>a               |
          removed and made again, the same     | 50 11:00:00 ->a                      | 12:10:00 a>a               |
          removed before, made again in it     | 50 11:00:00 ->a, 90 11:59:00 a>-     | 12:05:00 a>b               | ->b 12:05:00
          removed before, made again the same  | 50 11:00:00 ->a, 90 11:59:00 a>-     | 12:05:00 a>a               | ->a 12:05:00
          removed in it, made again after it   | 50 11:00:00 ->a, 250 12:25:00 ->c    | 12:05:00 a>-               | a>- 12:05:00
          changed in it, removed after it      | 50 11:00:00 ->a, 250 12:25:00 b>-    | 12:05:00 a>b               | a>b 12:05:00
          changed in it and in its last second | 50 11:00:00 ->a, 250 12:20:00 b>c    | 12:20:00.400 a>c           | a>b 12:20:00
          changed just before it               | 50 11:00:00 ->a, 100 12:00:00 a>b    | 12:00:00 a>b               |
          changed just after it                | 50 11:00:00 ->a, 200 12:20:00 a>b    | 12:20:00.400 a>b           |
          changed after the windows            | 50 11:00:00 ->a, 250 12:25:00 a>b    |                            |
          changed as the gap begins            | 50 11:00:00 ->a                      | 12:00:00 a>b               | a>b 12:00:00
          changed in the second of its end     | 50 11:00:00 ->a                      | 12:20:00.400 a>b           | a>b 12:20:00
          older than all that the lake has     |                                      | 12:05:00 x>y               | x>y 12:05:00
          old, and told of after the gap       | 250 12:25:00 x>y                     | 12:05:00 w>x               | w>x 12:05:00
          old, unchanged, told of after it     | 250 12:25:00 x>y                     |                            |
          made before it, removed in it        | 90 11:59:00 ->a                      |                            | a>- 12:20:00
          perhaps made before the windows      | 90 11:58:05 ->a                      |                            | uncertain
          made anew early in the windows       | 90 11:58:05 ->a, 95 11:59:00 a>b     |                            | b>- 12:20:00
          changed, back before the gap's end   | 50 11:00:00 ->a, 90 11:59:00 a>b     | 12:05:00 a>a               | b>a 12:05:00
          in two windows, changed in both      | 50 11:00:00 ->a                      | 12:05:00 a>b, 12:15:00 b>c | a>c 12:15:00
          in two windows, changed and back     | 50 11:00:00 ->a                      | 12:05:00 a>b, 12:15:00 b>a |
          in two windows, removed, made again  | 50 11:00:00 ->a                      | 12:05:00 a>-, 12:15:00 ->b | a>b 12:15:00
          healed before                        | 50 11:00:00 ->a, H199 12:05:00 a>b   | 12:05:00 a>b               |
          healed before, less was known then   | 50 11:00:00 ->a, H199 12:05:00 a>b, 250 12:25:00 c>d | 12:05:00 a>b | b>c 12:20:00
          """)
  void aKeyNeedsTheRowThatTheLakeLacks(String ignored, String rows, String lines, String expected) {
    Traces key = new Traces(rows(rows), lines(lines));

    List<String> findings = findings(List.of(GAP), List.of(Told.log("s", null)), key);

    assertThat(findings).containsExactlyElementsOf(parts(expected));
  }

  @Test
  void aKeyOfASplitShardGetsItsRowWhereItsNextRecordComesFrom() {
    List<ShardStatus> logs = split();
    List<RecordedGap> gaps = gapsOfBothChildren();
    Traces left = split("left", 2_500);
    Traces right = split("right", 3_500);

    assertThat(findings(gaps, logs, left)).containsExactly("a>b 12:05:00 in left");
    assertThat(findings(gaps, logs, right)).containsExactly("a>b 12:05:00 in right");
  }

  @Test
  void aKeyThatMayBeInEitherChildGetsItsRowInTheGapThatComesFirst() {
    Traces key =
        new Traces(
            List.of(Told.row("s", 50, at("11:00:00"), "-", "a")),
            List.of(Told.line(at("12:05:00"), "a", "b")));

    assertThat(findings(gapsOfBothChildren(), split(), key))
        .containsExactly("a>b 12:05:00 in left");
  }

  @Test
  void aKeyWithoutAnyRowIsLookedUpWhereSeveralGapsArePossible() {
    Traces key = new Traces(List.of(), List.of(Told.line(at("12:05:00"), "a", "b")));
    List<RecordedGap> gaps = gapsOfBothChildren();

    assertThat(judge(gaps, split(), false).judge(key)).containsExactly(new Finding.Unplaced());
    assertThat(judge(List.of(GAP), split(), false).judge(key))
        .hasOnlyElementsOfType(Finding.Changed.class);
  }

  @Test
  void ofTwoGapsOfAShardTheOneOfTheLastWriteGetsTheRow() {
    List<RecordedGap> gaps =
        List.of(GAP, Told.gap("s", 200, Optional.of(300L), at("12:20:00"), at("12:40:00")));
    List<ShardStatus> logs = List.of(Told.log("s", null));
    Traces.Row first = Told.row("s", 50, at("11:00:00"), "-", "a");

    assertThat(
            findings(
                gaps,
                logs,
                new Traces(List.of(first), List.of(Told.line(at("12:05:00"), "a", "b")))))
        .containsExactly("a>b 12:05:00 in s");
    assertThat(
            findings(
                gaps,
                logs,
                new Traces(
                    List.of(first, Told.row("s", 200, at("12:20:00"), "b", "c")),
                    List.of(Told.line(at("12:30:00"), "a", "d")))))
        .containsExactly("a>b 12:20:00 in s", "c>d 12:30:00 in s");
  }

  @Test
  void whatWasMadeInOneGapAndRemovedInTheNextIsGone() {
    List<RecordedGap> gaps =
        List.of(GAP, Told.gap("s", 300, Optional.of(400L), at("12:30:00"), at("12:40:00")));
    Traces key =
        new Traces(
            List.of(
                Told.row("s", 50, at("11:00:00"), "a", "-"),
                Told.row("s", 250, at("12:25:00"), "b", "c")),
            List.of());

    assertThat(findings(gaps, List.of(Told.log("s", null)), key))
        .containsExactly("->b 12:20:00 in s", "c>- 12:40:00 in s");
  }

  private static List<ShardStatus> split() {
    return List.of(Told.log("s", null), Told.log("left", "s"), Told.log("right", "s"));
  }

  private static List<RecordedGap> gapsOfBothChildren() {
    return List.of(
        Told.gap("left", 1_000, Optional.of(2_000L), at("12:00:00"), at("12:20:00")),
        Told.gap("right", 1_000, Optional.of(3_000L), at("12:00:00"), at("12:20:00")));
  }

  private static Traces split(String child, long position) {
    return new Traces(
        List.of(
            Told.row("s", 50, at("11:00:00"), "-", "a"),
            Told.row(child, position, at("12:30:00"), "b", "c")),
        List.of(Told.line(at("12:05:00"), "a", "b")));
  }

  private static Judge judge(List<RecordedGap> gaps, List<ShardStatus> logs, boolean allRows) {
    Instant end =
        gaps.stream().map(gap -> gap.gap().until()).max(Comparator.naturalOrder()).orElseThrow();
    return new Judge(
        Told.sites(gaps), new Lineages(logs, gaps), at("11:58:00"), end.plusSeconds(1), allRows);
  }

  private static List<String> findings(List<RecordedGap> gaps, List<ShardStatus> logs, Traces key) {
    return judge(gaps, logs, true).judge(key).stream()
        .map(finding -> text(finding, gaps.size() > 1))
        .toList();
  }

  private static String text(Finding finding, boolean where) {
    if (finding instanceof Finding.Changed changed) {
      String known = changed.known().map(Traces.State::digest).map(Told::text).orElse("-");
      return known
          + ">"
          + Told.text(changed.truth().digest())
          + " "
          + changed.time().toString().substring(11, 19)
          + (where ? " in " + changed.gap().gap().shard().shard().value().substring(8) : "");
    }
    return finding instanceof Finding.Uncertain ? "uncertain" : "unplaced";
  }

  private static List<String> parts(String text) {
    return text == null ? List.of() : List.of(text.split(", "));
  }

  private static List<Traces.Row> rows(String text) {
    List<Traces.Row> rows = new ArrayList<>();
    for (String part : parts(text)) {
      String[] words = part.split(" ", -1);
      String[] values = words[2].split(">", -1);
      boolean told = !words[0].startsWith("H");
      Traces.Row row =
          Told.row(
              "s", Long.parseLong(words[0].replace("H", "")), at(words[1]), values[0], values[1]);
      rows.add(
          told
              ? row
              : new Traces.Row(
                  row.id(),
                  row.spot(),
                  GapSite.logOf(GAP),
                  false,
                  row.time(),
                  row.digest(),
                  row.oldDigest()));
    }
    return rows;
  }

  private static List<Traces.Line> lines(String text) {
    List<Traces.Line> lines = new ArrayList<>();
    for (String part : parts(text)) {
      String[] words = part.split(" ", -1);
      String[] values = words[1].split(">", -1);
      lines.add(Told.line(at(words[0]), values[0], values[1]));
    }
    return lines;
  }
}
