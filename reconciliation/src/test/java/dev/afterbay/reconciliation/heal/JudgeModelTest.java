package dev.afterbay.reconciliation.heal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.reconciliation.export.Window;
import dev.afterbay.sinks.commit.RecordedGap;
import dev.afterbay.sinks.commit.ShardStatus;
import dev.afterbay.transforms.ordering.ChangeOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * One key's versions along a line of shards, of which some were lost, at random: with the rows that
 * the judge wants, the lake tells what is true at every second before and after the gaps, and no
 * record says otherwise of what was before it.
 */
final class JudgeModelTest {
  private static final int RUNS = Integer.getInteger("afterbay.judge.runs", 20_000);
  private static final long SEED = Long.getLong("afterbay.judge.seed", 1);
  private static final int RECORDS = 30;

  /** A record of a shard, of this key or of any other. */
  private record Entry(
      String shard,
      long position,
      Instant time,
      boolean own,
      String old,
      String now,
      boolean lost) {
    Instant second() {
      return time.truncatedTo(ChronoUnit.SECONDS);
    }
  }

  /** A line of shards, and what is true of a key. */
  private record History(List<Entry> entries, List<RecordedGap> gaps, List<ShardStatus> logs) {
    List<Entry> own() {
      return entries.stream().filter(Entry::own).toList();
    }

    String before(Instant moment) {
      return own().stream()
          .filter(entry -> entry.time().isBefore(moment))
          .reduce((earlier, later) -> later)
          .map(Entry::now)
          .orElse("-");
    }

    /** Of a key that was written in two gaps nobody knows what it was between them. */
    boolean isAmongGaps(Instant second) {
      return !second.isBefore(Windows.first(gaps).minusSeconds(1))
          && !second.isAfter(Windows.last(gaps));
    }
  }

  @Test
  void withTheRowsThatItWantsTheLakeTellsWhatIsTrue() {
    int rows = 0;
    int uncertain = 0;
    Map<Integer, Integer> windowsOfRuns = new TreeMap<>();
    Map<Integer, Integer> gapsOfRuns = new TreeMap<>();
    for (long seed = SEED; seed < SEED + RUNS; seed++) {
      History history = history(new Random(seed));
      if (Windows.clusters(history.gaps()).size() != 1) {
        continue;
      }
      List<Window.Incremental> windows = Windows.over(history.gaps(), Instant.EPOCH);
      windowsOfRuns.merge(windows.size(), 1, Integer::sum);
      gapsOfRuns.merge(history.gaps().size(), 1, Integer::sum);
      Judge judge =
          new Judge(
              Told.sites(history.gaps()),
              new Lineages(history.logs(), history.gaps()),
              windows.get(0).from(),
              windows.get(windows.size() - 1).to(),
              true);
      List<Traces.Line> lines = lines(history, windows);
      List<Traces.Row> lake = lake(history);

      List<Finding> findings = judge.judge(new Traces(lake, lines));

      if (findings.stream().anyMatch(Finding.Uncertain.class::isInstance)) {
        uncertain++;
        continue;
      }
      assertThat(findings).as("seed " + seed).hasOnlyElementsOfType(Finding.Changed.class);
      rows += findings.size();
      findings.forEach(finding -> lake.add(Told.healed((Finding.Changed) finding)));
      lake.sort(Comparator.comparing(JudgeModelTest::place, ChangeOrder.oldestFirst()));
      assertTrue(history, lake, "seed " + seed);
      assertThat(judge.judge(new Traces(lake, lines))).as("again, seed " + seed).isEmpty();
    }
    System.out.printf(
        "judgements: rows %d, uncertain %d, windows %s, gaps %s%n",
        rows, uncertain, windowsOfRuns, gapsOfRuns);
    assertThat(windowsOfRuns.keySet()).contains(1, 2, 3);
    assertThat(gapsOfRuns.keySet()).contains(1, 2, 3);
    assertThat(rows).isGreaterThan(RUNS / 4);
    assertThat(uncertain).isLessThan(RUNS / 50);
  }

  private static void assertTrue(History history, List<Traces.Row> lake, String name) {
    Traces.Row before = null;
    for (Traces.Row row : lake) {
      // Of what is older than the lake its first row alone tells.
      if (before != null) {
        assertThat(Told.text(row.oldDigest()))
            .as("%s: before %s", name, row)
            .isEqualTo(Told.text(before.digest()));
      }
      before = row;
    }
    Instant end = history.entries().get(RECORDS - 1).second();
    for (Entry entry : history.entries()) {
      for (int later = 0; later < 2; later++) {
        Instant second = entry.second().plusSeconds(later);
        boolean known = lake.stream().anyMatch(row -> !row.time().isAfter(second));
        if (known && !history.isAmongGaps(second)) {
          assertThat(asOf(lake, second))
              .as("%s: as of %s", name, second)
              .isEqualTo(history.before(second.plusSeconds(1)));
        }
      }
    }
    assertThat(asOf(lake, Instant.MAX))
        .as("%s: now, after %s", name, end)
        .isEqualTo(history.before(Instant.MAX));
  }

  private static String asOf(List<Traces.Row> lake, Instant second) {
    return lake.stream()
        .filter(row -> !row.time().isAfter(second))
        .reduce((earlier, later) -> later)
        .map(row -> Told.text(row.digest()))
        .orElse("-");
  }

  private static ChangeOrder.Place place(Traces.Row row) {
    return new ChangeOrder.Place(row.spot().stream(), row.spot().sequenceNumber(), row.time());
  }

  private static List<Traces.Row> lake(History history) {
    List<Traces.Row> rows = new ArrayList<>();
    for (Entry entry : history.own()) {
      if (!entry.lost()) {
        rows.add(
            Told.row(entry.shard(), entry.position(), entry.second(), entry.old(), entry.now()));
      }
    }
    return rows;
  }

  /** By DynamoDB's rules: what was made and removed within a window has no line. */
  private static List<Traces.Line> lines(History history, List<Window.Incremental> windows) {
    List<Traces.Line> lines = new ArrayList<>();
    for (Window.Incremental window : windows) {
      String old = history.before(window.from());
      String now = history.before(window.to());
      history.own().stream()
          .map(Entry::time)
          .filter(time -> !time.isBefore(window.from()) && time.isBefore(window.to()))
          .reduce((earlier, later) -> later)
          .filter(time -> !old.equals("-") || !now.equals("-"))
          .ifPresent(time -> lines.add(Told.line(time, old, now)));
    }
    return lines;
  }

  private static History history(Random random) {
    int shards = 1 + random.nextInt(3);
    long pace = random.nextInt(4) == 0 ? 10_000 : 1 + random.nextInt(300);
    int lostFrom = 2 + random.nextInt(RECORDS - 6);
    int lostTo = lostFrom + 1 + random.nextInt(RECORDS - 3 - lostFrom);
    int alone = random.nextInt(RECORDS);
    List<Entry> entries = new ArrayList<>();
    Instant time = Instant.parse("2026-11-21T00:00:00Z");
    long position = 1_000;
    String value = "-";
    for (int i = 0; i < RECORDS; i++) {
      time = time.plusMillis(1 + (long) (random.nextDouble() * pace * 1_000));
      position += 2 + random.nextInt(20);
      boolean own = random.nextInt(5) < 2;
      String old = value;
      if (own) {
        value = changed(value, random);
      }
      // The first record and the last of each line are read, so that each gap has an end.
      boolean lost = (i >= lostFrom && i < lostTo || i == alone) && i > 0 && i < RECORDS - 1;
      entries.add(new Entry("shard" + i * shards / RECORDS, position, time, own, old, value, lost));
    }
    List<ShardStatus> logs = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      logs.add(Told.log("shard" + shard, shard == 0 ? null : "shard" + (shard - 1)));
    }
    return new History(entries, gaps(entries), logs);
  }

  private static String changed(String value, Random random) {
    if (!value.equals("-") && random.nextInt(3) == 0) {
      return "-";
    }
    String now = random.nextBoolean() ? "a" : "b";
    return now.equals(value) ? "c" : now;
  }

  /** A gap for each run of lost records of a shard, as its reader finds it. */
  private static List<RecordedGap> gaps(List<Entry> entries) {
    Instant found = entries.get(RECORDS - 1).second().plusSeconds(5);
    List<RecordedGap> gaps = new ArrayList<>();
    Entry read = entries.get(0);
    boolean missing = false;
    for (int i = 1; i < RECORDS; i++) {
      Entry entry = entries.get(i);
      String last = entries.get(i - 1).shard();
      if (missing && !entry.shard().equals(last)) {
        gaps.add(Told.gap(last, read.position(), Optional.empty(), read.second(), found));
        missing = false;
      }
      if (entry.lost()) {
        missing = true;
        continue;
      }
      if (missing) {
        gaps.add(
            Told.gap(
                entry.shard(),
                read.position(),
                Optional.of(entry.position()),
                read.second(),
                entry.second()));
        missing = false;
      }
      read = entry;
    }
    return gaps;
  }
}
