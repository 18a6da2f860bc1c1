package dev.afterbay.local.torture.verdict;

import dev.afterbay.local.torture.verdict.Found.Content;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Holds what was written against what is in the lake, record by record. */
public final class Judge {
  private static final int MOST_EXAMPLES = 5;

  private final Evidence evidence;
  private final Map<StreamShard, NavigableMap<SequenceNumber, Written>> written = new HashMap<>();
  private final Map<StreamShard, NavigableMap<SequenceNumber, Found>> found = new HashMap<>();
  private final Map<String, Long> wrong = new LinkedHashMap<>();
  private final List<String> examples = new ArrayList<>();
  private long missing;

  private Judge(Evidence evidence) {
    this.evidence = evidence;
    for (Written record : evidence.written()) {
      written.computeIfAbsent(record.shard(), any -> new TreeMap<>()).put(record.number(), record);
    }
  }

  /** Judges. */
  public static Verdict judge(Evidence evidence) {
    return new Judge(evidence).judge();
  }

  private Verdict judge() {
    evidence.found().forEach(this::judgeRow);
    evidence.written().forEach(this::judgePresence);
    judgeTwins();
    judgeOrderInFiles();
    written.keySet().forEach(this::judgeTimes);
    judgeGaps();
    return new Verdict(
        evidence.written().size(),
        evidence.found().size(),
        count("lost"),
        count("doubled"),
        count("strange"),
        count("damaged"),
        count("out of order"),
        count("untyped"),
        missing,
        evidence.gaps().size(),
        evidence.trims().size(),
        count("wrong gap"),
        examples);
  }

  private void judgeRow(Found row) {
    if (found.computeIfAbsent(row.shard(), any -> new TreeMap<>()).putIfAbsent(row.number(), row)
        != null) {
      note("doubled", row.shard() + " " + row.number() + " in " + row.file());
    }
    @Nullable Written record = written.getOrDefault(row.shard(), new TreeMap<>()).get(row.number());
    if (record == null) {
      note("strange", "never written: " + row.shard() + " " + row.number() + " in " + row.file());
      return;
    }
    row.content().ifPresent(content -> judgeContent(row, content, record));
  }

  private void judgeContent(Found row, Content content, Written record) {
    if (!content.key().equals(record.key()) || !content.operation().equals(record.operation())) {
      note("strange", "another change: " + row.shard() + " " + row.number());
    } else if (!content.images().equals(record.images())) {
      note("damaged", row.shard() + " " + row.number() + " in " + row.file());
    }
  }

  /** What is of one commit is there or not, in whichever tables. */
  private void judgeTwins() {
    Map<Twin, Integer> counts = new HashMap<>();
    evidence.twins().forEach(twin -> counts.merge(twin, 1, Integer::sum));
    for (Found row : evidence.found()) {
      row.content()
          .map(content -> new Twin(row.shard(), row.number(), content.key()))
          .ifPresent(twin -> counts.merge(twin, -1, Integer::sum));
    }
    counts.forEach(
        (twin, count) -> {
          if (count != 0) {
            note(
                "untyped",
                twin.shard() + " " + twin.number() + (count > 0 ? ": one too many" : ""));
          }
        });
  }

  private void judgePresence(Written record) {
    if (present(record.shard(), record.number())) {
      return;
    }
    if (evidence.gaps().stream().anyMatch(gap -> gap.covers(record.shard(), record.number()))) {
      missing++;
    } else {
      note("lost", record.shard() + " " + record.number());
    }
  }

  private boolean present(StreamShard shard, SequenceNumber number) {
    return found.getOrDefault(shard, new TreeMap<>()).containsKey(number);
  }

  private void judgeOrderInFiles() {
    Map<String, SequenceNumber> last = new HashMap<>();
    evidence.found().stream()
        .sorted(Comparator.comparing(Found::file).thenComparing(Found::line))
        .forEach(
            row ->
                row.content()
                    .map(content -> last.put(row.file() + "|" + content.key(), row.number()))
                    .filter(before -> !row.number().isAfter(before))
                    .ifPresent(
                        before ->
                            note(
                                "out of order",
                                "%s after %s of its key in %s"
                                    .formatted(row.number(), before, row.file()))));
  }

  /** Along a shard, from where the nearest ancestor with rows ended. */
  private void judgeTimes(StreamShard shard) {
    long latest = Long.MIN_VALUE;
    @Nullable StreamShard ancestor = evidence.parents().get(shard);
    while (ancestor != null) {
      latest = Math.max(latest, latest(ancestor));
      ancestor = evidence.parents().get(ancestor);
    }
    for (Found row : found.getOrDefault(shard, new TreeMap<>()).values()) {
      long time = row.content().map(Content::micros).orElse(latest);
      if (time < latest) {
        note("out of order", "the time steps back at " + shard + " " + row.number());
      }
      latest = Math.max(latest, time);
    }
  }

  private long latest(StreamShard shard) {
    return found.getOrDefault(shard, new TreeMap<>()).values().stream()
        .flatMap(row -> row.content().stream())
        .mapToLong(Content::micros)
        .max()
        .orElse(Long.MIN_VALUE);
  }

  /** Each trim has its one gap, which begins behind a row and ends where the stream goes on. */
  private void judgeGaps() {
    for (Gap gap : evidence.gaps()) {
      List<SequenceNumber> covered = covered(gap);
      long present = covered.stream().filter(number -> present(gap.shard(), number)).count();
      List<Trim> trims =
          evidence.trims().stream().filter(trim -> gap.covers(trim.shard(), trim.to())).toList();
      if (covered.isEmpty()) {
        note("wrong gap", "nothing is missing in " + gap);
      } else if (present > 0) {
        note("wrong gap", present + " records are in the lake in spite of " + gap);
      } else if (trims.size() != 1) {
        note("wrong gap", trims.size() + " trims explain " + gap);
      } else if (!covered.get(covered.size() - 1).equals(trims.get(0).to())) {
        note("wrong gap", "more is missing than " + trims.get(0) + " took: " + gap);
      }
    }
    for (Trim trim : evidence.trims()) {
      if (evidence.gaps().stream().noneMatch(gap -> gap.covers(trim.shard(), trim.to()))) {
        note("wrong gap", "there is none for " + trim);
      }
    }
  }

  private List<SequenceNumber> covered(Gap gap) {
    return written.getOrDefault(gap.shard(), new TreeMap<>()).navigableKeySet().stream()
        .filter(number -> gap.covers(gap.shard(), number))
        .toList();
  }

  private void note(String kind, String example) {
    if (wrong.merge(kind, 1L, Long::sum) <= MOST_EXAMPLES) {
      examples.add(kind + ": " + example);
    }
  }

  private long count(String kind) {
    return wrong.getOrDefault(kind, 0L);
  }
}
