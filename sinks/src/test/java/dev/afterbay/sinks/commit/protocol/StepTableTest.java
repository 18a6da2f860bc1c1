package dev.afterbay.sinks.commit.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.commit.protocol.Entry.Ending;
import dev.afterbay.sinks.commit.protocol.Observed.Absent;
import dev.afterbay.sinks.commit.protocol.Observed.Present;
import dev.afterbay.sinks.commit.protocol.Observed.Unanswered;
import dev.afterbay.sinks.commit.protocol.Observed.Unreadable;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.tostorage.CompleteAnswer;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every state that the protocol can reach, with every answer that the store can give. A step, an
 * answer or a kind of entry that is added has no row in the table, and is told.
 */
class StepTableTest {
  private static final StreamShard SHARD = ShardFeed.shard("shard");

  private static final Entry OURS = Entries.first(SHARD, "ours-000", 2, Ending.OPEN);
  private static final Entry OUR_GAP = Entries.gap(SHARD, "our-gap-0", Ending.OPEN);
  private static final Entry OUR_REWIND = Entries.rewind(SHARD, "our-rewind");
  private static final Entry OUR_END = Entries.end(SHARD, "our-end-0");

  /** Each kind of entry; ours has two files, so that it takes several steps. */
  private static final Map<String, Entry> ENTRIES =
      Map.of(
          "ours", OURS,
          "our end", OUR_END,
          "our gap", OUR_GAP,
          "our rewind", OUR_REWIND,
          "their rewind", Entries.rewind(SHARD, "their-rewind"),
          "later", Entries.rewound(Entries.first(SHARD, "later-00", 1, Ending.SHARD_END)),
          "their gap", Entries.gap(SHARD, "their-gap", Ending.SHARD_END),
          "theirs", Entries.first(SHARD, "theirs-0", 1, Ending.OPEN),
          "their end", Entries.first(SHARD, "their-end", 1, Ending.SHARD_END),
          "their empty end", Entries.end(SHARD, "empty-end"));

  private static final List<Step> STARTS =
      List.of(
          new PutEntry(OURS),
          new PutEntry(OUR_END),
          new PutEntry(OUR_GAP),
          new PutEntry(OUR_REWIND),
          SetAside.allOf(OUR_REWIND),
          FindLast.toRecover(SHARD),
          FindLast.toRecover(SHARD, new ShardId("parent")));

  private static final Map<String, PutAnswer> PUT_ANSWERS =
      Map.of(
          "created", new PutAnswer.Created(),
          "occupied", new PutAnswer.Occupied(),
          "unknown", new PutAnswer.Unknown("why"));

  private static final Map<String, CompleteAnswer> COMPLETE_ANSWERS =
      Map.of(
          "completed", new CompleteAnswer.Completed(),
          "no upload", new CompleteAnswer.NoSuchUpload(),
          "unknown", new CompleteAnswer.Unknown("why"));

  @Test
  void everyStateGoesOnAfterEveryAnswerAsTheTableSays() {
    List<String[]> rows = rows();
    Set<String[]> used = new HashSet<>();
    int pairs = 0;
    for (Step state : reachable()) {
      for (Map.Entry<String, Step> next : nexts(state).entrySet()) {
        List<String[]> matching =
            rows.stream()
                .filter(row -> matches(row[0], name(state)) && matches(row[1], next.getKey()))
                .toList();
        String pair = name(state) + " | " + next.getKey() + " | " + name(next.getValue());
        assertThat(matching).as("rows for: " + pair).hasSize(1);
        assertThat(name(next.getValue()))
            .as("after " + name(state) + " | " + next.getKey())
            .isEqualTo(matching.get(0)[2]);
        used.addAll(matching);
        pairs++;
      }
    }
    System.out.println("protocol: " + pairs + " pairs of a state and an answer");
    assertThat(rows).allSatisfy(row -> assertThat(used).as(row[0] + " | " + row[1]).contains(row));
  }

  @Test
  void everyStepAndEveryVerdictIsReached() {
    Set<Class<?>> reached = reachable().stream().map(Step::getClass).collect(Collectors.toSet());

    assertThat(reached).isEqualTo(variants(Step.class));
  }

  @Test
  void everyAnswerIsGiven() {
    assertThat(classes(PUT_ANSWERS.values())).isEqualTo(variants(PutAnswer.class));
    assertThat(classes(COMPLETE_ANSWERS.values())).isEqualTo(variants(CompleteAnswer.class));
    assertThat(classes(entriesSeen().values())).isEqualTo(variants(Observed.class));
    assertThat(classes(sizesSeen(1).values())).isEqualTo(variants(Observed.class));
  }

  private static Map<String, Step> nexts(Step state) {
    Map<String, Step> nexts = new TreeMap<>();
    if (state instanceof PutEntry put) {
      PUT_ANSWERS.forEach((name, answer) -> nexts.put(name, put.on(answer)));
    } else if (state instanceof ReadEntry read) {
      entriesSeen().forEach((name, seen) -> nexts.put(name, read.on(seen)));
    } else if (state instanceof FindLast find) {
      entriesSeen().forEach((name, seen) -> nexts.put(name, find.on(seen)));
    } else if (state instanceof CompleteFile complete) {
      COMPLETE_ANSWERS.forEach((name, answer) -> nexts.put(name, complete.on(answer)));
    } else if (state instanceof InspectFile inspect) {
      sizesSeen(inspect.file().size()).forEach((name, seen) -> nexts.put(name, inspect.on(seen)));
    } else if (state instanceof PutNote note) {
      PUT_ANSWERS.forEach((name, answer) -> nexts.put(name, note.on(answer)));
    } else if (state instanceof FindNote find) {
      sizesSeen(1).forEach((name, seen) -> nexts.put(name, find.on(seen)));
    } else if (state instanceof SetAside aside) {
      nexts.put("done", aside.on(new SetAside.Answer.Done()));
      nexts.put("unknown", aside.on(new SetAside.Answer.Unknown("why")));
    } else if (state instanceof DropUpload drop) {
      nexts.put("whatever", drop.next());
    } else if (!(state instanceof Verdict)) {
      throw new AssertionError("No answers are known for " + state);
    }
    return nexts;
  }

  private static Map<String, Observed<Entry>> entriesSeen() {
    Map<String, Observed<Entry>> seen = new LinkedHashMap<>();
    ENTRIES.forEach((name, entry) -> seen.put(name, new Present<>(entry)));
    seen.put("nothing", new Absent<>());
    seen.put("garbage", new Unreadable<>("why"));
    seen.put("no answer", new Unanswered<>("why"));
    return seen;
  }

  private static Map<String, Observed<Long>> sizesSeen(long right) {
    return Map.of(
        "its size", new Present<>(right),
        "other size", new Present<>(right + 1),
        "nothing", new Absent<>(),
        "garbage", new Unreadable<>("why"),
        "no answer", new Unanswered<>("why"));
  }

  private static Collection<Step> reachable() {
    Set<Step> reached = new HashSet<>(STARTS);
    Deque<Step> open = new ArrayDeque<>(STARTS);
    while (!open.isEmpty()) {
      for (Step next : nexts(open.remove()).values()) {
        if (reached.add(next)) {
          open.add(next);
        }
      }
    }
    return reached;
  }

  private static String name(Step step) {
    if (step instanceof PutEntry put) {
      return "put " + name(put.ours());
    }
    if (step instanceof ReadEntry read) {
      return "read where " + name(read.ours()) + " should stand";
    }
    if (step instanceof DropUpload drop) {
      return "drop " + fileOf(drop.ours(), drop.index());
    }
    if (step instanceof FindLast find) {
      String epoch = find.from().epoch() == 0 ? "" : "/" + find.from().epoch();
      return "find last of " + find.shard().shard() + epoch + " " + name(find.search());
    }
    if (step instanceof CompleteFile complete) {
      return "complete " + name(complete.progress());
    }
    if (step instanceof InspectFile inspect) {
      return "inspect " + name(inspect.progress()) + " or be " + inspect.ifAbsent();
    }
    if (step instanceof FindNote find) {
      return "find note of "
          + name(find.entry())
          + " as "
          + find.progress().purpose()
          + (find.ifAbsent() == Verdict.Halt.REWOUND ? " or be REWOUND" : "");
    }
    if (step instanceof SetAside aside) {
      return "set aside " + name(aside.entry()) + " " + (aside.index() + 1) + "/2";
    }
    if (step instanceof PutNote note) {
      return "note " + name(note.entry()) + " as " + note.progress().purpose();
    }
    return name((Verdict) step);
  }

  private static String name(Verdict verdict) {
    if (verdict instanceof Verdict.Committed committed) {
      return "COMMITTED " + name(committed.entry());
    }
    if (verdict instanceof Verdict.Superseded superseded) {
      return "SUPERSEDED " + name(superseded.last());
    }
    if (verdict instanceof Verdict.Recovered recovered) {
      return "RECOVERED " + name(recovered.last());
    }
    if (verdict instanceof Verdict.Inherited inherited) {
      return "INHERITED " + name(inherited.parentEnd());
    }
    if (verdict instanceof Verdict.ParentUnfinished unfinished) {
      return "PARENT UNFINISHED " + unfinished.parent().shard();
    }
    if (verdict instanceof Verdict.Halted halted) {
      return "HALT " + halted.halt();
    }
    return verdict.getClass().getSimpleName().toUpperCase(Locale.ROOT);
  }

  private static String name(FindLast.Search search) {
    if (search instanceof FindLast.Search.Recovery recovery) {
      return "to recover" + recovery.parent().map(parent -> " after " + parent).orElse("");
    }
    if (search instanceof FindLast.Search.Explanation explanation) {
      return "to explain " + explanation.otherwise();
    }
    return search instanceof FindLast.Search.Loss ? "after losing" : "to inherit";
  }

  private static String name(Publication progress) {
    return fileOf(progress.entry(), progress.index()) + " as " + progress.purpose();
  }

  private static String fileOf(Entry entry, int index) {
    return name(entry) + " " + (index + 1) + "/" + entry.files().size();
  }

  private static String name(Entry entry) {
    return ENTRIES.entrySet().stream()
        .filter(named -> named.getValue().equals(entry))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  /** State, answer, next state. */
  private static List<String[]> rows() {
    try (InputStream table =
        Objects.requireNonNull(StepTableTest.class.getResourceAsStream("steps.txt"))) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean matches(String pattern, String text) {
    return text.matches(pattern.replace("*", ".*"));
  }

  private static Set<Class<?>> classes(Collection<?> values) {
    return values.stream().map(Object::getClass).collect(Collectors.toSet());
  }

  /** The records that a sealed type consists of. */
  private static Set<Class<?>> variants(Class<?> type) {
    Set<Class<?>> variants = new HashSet<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      variants.addAll(permitted.isSealed() ? variants(permitted) : Set.of(permitted));
    }
    return variants;
  }
}
