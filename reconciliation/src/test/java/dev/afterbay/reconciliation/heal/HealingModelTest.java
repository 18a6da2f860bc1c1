package dev.afterbay.reconciliation.heal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.reconciliation.heal.Scenes.Scene;
import dev.afterbay.reconciliation.heal.Scenes.Version;
import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.commit.RecordedGap;
import dev.afterbay.transforms.change.Origin;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.ordering.ChangeOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random worlds of which the readers lost something, healed, and held against what was true. */
final class HealingModelTest {
  private static final int RUNS = Integer.getInteger("afterbay.heal.runs", 60);
  private static final long SEED = Long.getLong("afterbay.heal.seed", 6_000);

  private static final Pattern UNCERTAIN = Pattern.compile("(\\d+) keys? to be settled");

  @TempDir private Path dir;
  private long uncertain;
  private long wrong;
  private long healedRows;
  private final Map<String, Integer> reasons = new TreeMap<>();

  @Test
  void afterHealingTheLakeTellsWhatIsTrue() throws IOException, InterruptedException {
    Scenes scenes = new Scenes(dir);
    for (int run = 0; run < RUNS; run++) {
      String name = "seed " + (SEED + run);
      Random random = new Random(SEED + run);
      Scene scene = (SEED + run) % 4 == 3 ? scenes.recreated(random) : scenes.trimmed(random);
      List<RecordedGap> gaps = Healing.openGaps(scene.store(), Readers.LAKE, Readers.TABLE);
      gaps.forEach(gap -> reasons.merge(gap.gap().reason().name(), 1, Integer::sum));

      List<GapState> states = scenes.heal(scene, scene.store());

      assertThat(states).as(name).hasSameSizeAs(gaps).allMatch(GapState.Healed.class::isInstance);
      assertThat(Healing.openGaps(scene.store(), Readers.LAKE, Readers.TABLE)).as(name).isEmpty();
      assertThat(new LakeCheck(scene.store(), Readers.LAKE).check(Readers.TABLE).findings())
          .as(name)
          .isEmpty();
      long unsure = states.stream().mapToLong(HealingModelTest::uncertain).sum();
      uncertain += unsure;
      assertTrue(scenes, scene, gaps, unsure, name);
    }
    System.out.printf(
        "healings: runs %d, gaps %s, rows %d, uncertain keys %d of which wrong %d%n",
        RUNS, reasons, healedRows, uncertain, wrong);
    assertThat(reasons.keySet())
        .contains("TRIMMED", "SHARD_VANISHED", "PARENT_NEVER_READ", "STREAM_RECREATED");
    assertThat(healedRows).isGreaterThan(RUNS);
    assertThat(uncertain).isLessThan(healedRows / 20 + 5);
  }

  private void assertTrue(
      Scenes scenes, Scene scene, List<RecordedGap> gaps, long unsure, String name)
      throws IOException {
    Map<String, List<Version>> lake = scenes.versions(scene.store());
    healedRows +=
        lake.values().stream()
            .flatMap(List::stream)
            .filter(version -> version.origin() == Origin.HEAL)
            .count();
    int different = differences(scene.world(), lake, scene.now()).size();
    wrong += different;
    assertThat(different)
        .as(name + ": newest states, of keys " + differences(scene.world(), lake, scene.now()))
        .isLessThanOrEqualTo((int) unsure);
    Instant from = gaps.stream().map(gap -> gap.gap().from()).min(Comparator.naturalOrder()).get();
    Instant until =
        gaps.stream().map(gap -> gap.gap().until()).max(Comparator.naturalOrder()).get();
    for (int i = 1; i < 40; i++) {
      Instant before = from.minusSeconds(37L * i);
      assertThat(differences(scene.world(), lake, before)).as(name + " at " + before).isEmpty();
      Instant after = until.plusSeconds(1 + 11L * (i - 1)).truncatedTo(ChronoUnit.SECONDS);
      assertThat(differences(scene.world(), lake, after).size())
          .as(name + " at " + after + " " + differences(scene.world(), lake, after))
          .isLessThanOrEqualTo((int) unsure);
    }
  }

  /** The keys of which the lake tells otherwise as of a second. */
  private static TreeSet<String> differences(
      World world, Map<String, List<Version>> lake, Instant second) {
    Map<String, String> told = new HashMap<>();
    lake.forEach(
        (key, versions) ->
            versions.stream()
                .filter(version -> !version.place().time().isAfter(second))
                .max(Comparator.comparing(Version::place, ChangeOrder.oldestFirst()))
                .ifPresent(version -> told.put(key, version.digest())));
    Map<String, Item> truth = world.before(second.plusSeconds(1));
    TreeSet<String> keys = new TreeSet<>(told.keySet());
    keys.addAll(truth.keySet());
    keys.removeIf(
        key -> {
          Item item = truth.get(key);
          return told.getOrDefault(key, "-").equals(item == null ? "-" : Readers.digest(item));
        });
    return keys;
  }

  private static long uncertain(GapState state) {
    String lost = ((GapState.Healed) state).lost();
    Matcher matcher = UNCERTAIN.matcher(lost);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }
}
