package dev.afterbay.reconciliation.heal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.reconciliation.heal.Scenes.Scene;
import dev.afterbay.reconciliation.heal.Scenes.Version;
import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.faults.Call;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.FaultyStore;
import dev.afterbay.sinks.faults.Verb;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A healing that ends before or after any request that changes the lake, and is repeated. */
final class HealingCrashTest {
  private static final long SEED = 6_000;

  @TempDir private Path dir;

  /** The end of a process. */
  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Ends the process at a request that changes something. */
  private static final class Ending implements Disturbance {
    private static final Set<Verb> CHANGING =
        EnumSet.of(Verb.PUT, Verb.BEGIN, Verb.PART, Verb.COMPLETE);
    private final int at;
    private final boolean applied;
    private int changes;

    Ending(int at, boolean applied) {
      this.at = at;
      this.applied = applied;
    }

    @Override
    public <T> T around(Call<T> call) {
      if (!CHANGING.contains(call.verb()) || ++changes != at) {
        return call.apply();
      }
      if (applied) {
        call.apply();
      }
      throw new Crash();
    }
  }

  @Test
  void afterAnEndAtAnyRequestARepetitionLeavesEveryRowOnce()
      throws IOException, InterruptedException {
    Scenes scenes = new Scenes(dir);
    long seed = withTwoGaps(scenes);
    Scene whole = scenes.trimmed(new Random(seed));
    scenes.heal(whole, whole.store());
    Map<String, List<String>> expected = rows(scenes, whole);
    assertThat(expected).isNotEmpty();
    int runs = 0;
    boolean struck = true;
    for (int at = 1; struck; at++) {
      for (boolean applied : new boolean[] {false, true}) {
        String run = "request " + at + (applied ? " applied" : " lost");
        Scene scene = scenes.trimmed(new Random(seed));
        struck = crashes(scenes, scene, new FaultyStore(scene.store(), new Ending(at, applied)));

        List<GapState> states = scenes.heal(scene, scene.store());

        assertThat(states).as(run).allMatch(GapState.Healed.class::isInstance);
        assertThat(rows(scenes, scene)).as(run).isEqualTo(expected);
        assertThat(Healing.openGaps(scene.store(), Readers.LAKE, Readers.TABLE)).as(run).isEmpty();
        assertThat(new LakeCheck(scene.store(), Readers.LAKE).check(Readers.TABLE).findings())
            .as(run)
            .isEmpty();
        runs++;
      }
    }
    System.out.println("ends of a healing, runs: " + runs);
    assertThat(runs).isGreaterThan(20);
  }

  /** Each gap takes the same requests. */
  private static long withTwoGaps(Scenes scenes) throws IOException {
    long seed = SEED;
    while (Healing.openGaps(scenes.trimmed(new Random(seed)).store(), Readers.LAKE, Readers.TABLE)
            .size()
        != 2) {
      seed++;
    }
    return seed;
  }

  private static boolean crashes(Scenes scenes, Scene scene, ObjectStore store)
      throws IOException, InterruptedException {
    try {
      scenes.heal(scene, store);
      return false;
    } catch (Crash e) {
      return true;
    }
  }

  private static Map<String, List<String>> rows(Scenes scenes, Scene scene) throws IOException {
    Map<String, List<String>> rows = new TreeMap<>();
    scenes
        .versions(scene.store())
        .forEach(
            (key, versions) -> {
              List<String> healed =
                  versions.stream()
                      .filter(version -> version.origin() == Origin.HEAL)
                      .map(Version::toString)
                      .sorted()
                      .toList();
              if (!healed.isEmpty()) {
                rows.put(key, healed);
              }
            });
    return rows;
  }
}
