package dev.afterbay.reconciliation.heal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.reconciliation.export.ExportException;
import dev.afterbay.reconciliation.export.MemoryExports;
import dev.afterbay.reconciliation.export.Window;
import dev.afterbay.reconciliation.heal.GapState.Prospect;
import dev.afterbay.reconciliation.heal.Scenes.Scene;
import dev.afterbay.sinks.commit.RecordedGap;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gaps that stay open, with the reason and what to do about it. */
final class HealingRefusalsTest {
  @TempDir private Path dir;
  private final MemoryObjectStore exported = new MemoryObjectStore();
  private Scenes scenes;
  private Scene scene;
  private MemoryExports exports;
  private Instant begin;
  private Instant w1;

  @BeforeEach
  void aLakeWithGapsOfOneCluster() throws IOException {
    scenes = new Scenes(dir);
    Scene lake = scenes.trimmed(new Random(0));
    List<RecordedGap> gaps = gaps(lake);
    for (long seed = 1; Windows.clusters(gaps).size() != 1; seed++) {
      lake = scenes.trimmed(new Random(seed));
      gaps = gaps(lake);
    }
    scene = lake;
    exports = new MemoryExports(exported, scene.world());
    begin = Windows.first(gaps);
    List<Window.Incremental> windows = Windows.over(gaps, Instant.EPOCH);
    w1 = windows.get(windows.size() - 1).to();
  }

  private static List<RecordedGap> gaps(Scene scene) {
    return Healing.openGaps(scene.store(), Readers.LAKE, Readers.TABLE);
  }

  @Test
  void withoutPointInTimeRecoveryTheCommandThatSwitchesItOnIsNamed() {
    assertOpen(
        table -> new Restorable.Reach.Off(),
        Prospect.FOR_SOMEBODY,
        "table 'shop' has no point-in-time recovery, which exports need; switch it on for gaps to"
            + " come: aws dynamodb update-continuous-backups --table-name shop"
            + " --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true");
  }

  @Test
  void aGapBeyondTheRetentionIsForANewSnapshot() {
    Instant earliest = begin.plusSeconds(1);

    assertOpen(
        between(earliest, scene.now()),
        Prospect.FOR_SOMEBODY,
        "it begins at "
            + begin
            + ", and point-in-time recovery of table 'shop' reaches back to "
            + earliest
            + " only; take a new snapshot, from which states start");
  }

  @Test
  void aGapThatIsTooYoungIsHealedLater() {
    Instant latest = w1.minusSeconds(1);

    assertOpen(
        between(Instant.EPOCH, latest),
        Prospect.LATER,
        "exports must reach until "
            + w1
            + ", and point-in-time recovery of table 'shop' is at "
            + latest
            + "; it is healed later");
  }

  @Test
  void aGapAtTheLatestSecondIsHealed() {
    assertThat(heal(between(Instant.EPOCH, w1))).allMatch(GapState.Healed.class::isInstance);
  }

  @Test
  void aGapThatBeginsWithTheRetentionIsHealed() {
    assertThat(heal(between(begin, scene.now()))).allMatch(GapState.Healed.class::isInstance);
  }

  @Test
  void anExportThatFailedIsToldOfAndAskedForAgain() {
    exports.failOnce("S3AccessDenied", "no");

    List<GapState> states = heal(between(Instant.EPOCH, scene.now()));

    assertThat(states)
        .isNotEmpty()
        .allSatisfy(
            state -> {
              assertThat(((GapState.Open) state).prospect()).isEqualTo(Prospect.LATER);
              assertThat(((GapState.Open) state).reason())
                  .contains("S3AccessDenied (no); allow s3:PutObject");
            });
    assertThat(heal(between(Instant.EPOCH, scene.now())))
        .allMatch(GapState.Healed.class::isInstance);
  }

  @Test
  void anExportThatIsRefusedIsForSomebody() {
    Restorable denied =
        table -> {
          throw new ExportException(ExportException.Kind.REFUSED, "access denied; allow it");
        };

    assertOpen(denied, Prospect.FOR_SOMEBODY, "access denied; allow it");
  }

  private void assertOpen(Restorable restorable, Prospect prospect, String reason) {
    Set<ObjectKey> before = scene.store().objects().keySet();
    List<RecordedGap> gaps = gaps(scene);

    List<GapState> states = heal(restorable);

    assertThat(states)
        .containsExactlyInAnyOrderElementsOf(
            gaps.stream().<GapState>map(gap -> new GapState.Open(gap, prospect, reason)).toList());
    assertThat(exports.started()).isEmpty();
    assertThat(scene.store().objects().keySet()).isEqualTo(before);
  }

  private List<GapState> heal(Restorable restorable) {
    try {
      return scenes.heal(scene, scene.store(), exported, exports, restorable, Duration.ZERO);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Restorable between(Instant earliest, Instant latest) {
    return table -> new Restorable.Reach.Between(earliest, latest);
  }
}
