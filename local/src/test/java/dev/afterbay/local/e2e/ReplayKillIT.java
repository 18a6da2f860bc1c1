package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay that is killed after each of its writes, to the commit log, of files and of leases. */
@TakesLong
class ReplayKillIT {
  @TempDir static Path dir;

  private static Stage stage;
  private static TakenBack lake;

  @BeforeAll
  static void open() {
    stage = Stage.open(dir);
    TableName table = stage.table();
    lake = TakenBack.filled(stage.setup(table), table, 150);
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  void aReplayThatIsKilledAtAnyStepIsRepeated() throws Exception {
    int kills = 0;
    int refusals = 0;
    try (Gate gate = Gate.before(lake.setup())) {
      while (gate.killsAfter(kills + 1, "replay", "--from", TakenBack.ALL)) {
        kills++;
        boolean unfinished = lake.setup().fsck().out().contains("unfinished-rewind");
        if (unfinished && refusals == 0) {
          assertRefusesToGoOn();
          refusals++;
        }
        lake.replay("--from", TakenBack.ALL);
        assertThat(lake.setup().lake().rows(lake.table())).isZero();
        lake.readAgain();
      }
      assertEachKindOfStep(gate);
    }
    lake.readAgain();
    System.out.println("replay was killed after each of its " + kills + " writes");
    assertThat(kills).isGreaterThan(10);
    assertThat(refusals).isOne();
  }

  @Test
  void aReplayThatIsKilledAgainAndAgainComesToItsEnd() throws Exception {
    int kills = 0;
    try (Gate gate = Gate.before(lake.setup())) {
      while (gate.killsAfter(kills + 1, "replay", "--from", TakenBack.ALL)) {
        kills++;
      }
    }
    assertThat(lake.setup().lake().rows(lake.table())).isZero();
    lake.setup().assertSound();
    lake.readAgain();
    System.out.println("replay came to its end in spite of " + kills + " kills");
    assertThat(kills).isGreaterThan(2);
  }

  /** The one POST is the upload of the last commit, completed once more lest it come late. */
  private static void assertEachKindOfStep(Gate gate) {
    assertThat(new TreeSet<>(gate.writes()))
        .containsExactly(
            "DELETE " + lake.table().folder(),
            "POST " + lake.table().folder(),
            "PUT commits",
            "PUT rewinds",
            "PUT rewound",
            "UpdateItem");
  }

  private static void assertRefusesToGoOn() {
    try (ChildProcess worker = lake.setup().run("early")) {
      await("the worker's refusal")
          .atMost(Setup.PATIENCE)
          .until(() -> worker.err().contains("run it again"));
    }
  }
}
