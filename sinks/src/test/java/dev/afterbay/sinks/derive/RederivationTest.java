package dev.afterbay.sinks.derive;

import static dev.afterbay.sinks.derive.Parlour.LAKE;
import static dev.afterbay.sinks.derive.Parlour.TABLE;
import static dev.afterbay.sinks.derive.Parlour.counted;
import static dev.afterbay.sinks.derive.Parlour.orders;
import static dev.afterbay.sinks.derive.Parlour.shard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.sinks.check.Damage;
import dev.afterbay.sinks.check.Finding;
import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.derive.OldGenerations.Dropped;
import dev.afterbay.sinks.derive.Rederivation.Standing;
import dev.afterbay.sinks.faults.Call;
import dev.afterbay.sinks.faults.Crash;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.Fault;
import dev.afterbay.sinks.faults.FaultyStore;
import dev.afterbay.sinks.faults.Injection;
import dev.afterbay.sinks.faults.Network;
import dev.afterbay.sinks.generations.Generation;
import dev.afterbay.sinks.generations.GenerationNotes;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.rows.TypedTables;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.snapshots.CompleteSnapshot;
import dev.afterbay.sinks.snapshots.SnapshotNotes;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.transforms.change.Origin;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Execution(ExecutionMode.CONCURRENT)
final class RederivationTest {
  private static final String FIRST = "orders";
  private static final String SECOND = "orders__g2";

  @TempDir private Path scratch;
  private Parlour parlour;

  @BeforeEach
  void aNewLake() {
    parlour = new Parlour(scratch);
  }

  /** A lake with two shards and what healed a gap, by a worker that knows whole numbers. */
  private TypedTables history() {
    TypedTables tables = parlour.tables(orders("bigint"));
    parlour.commit(shard(1), tables.rows(), 4);
    parlour.commit(shard(1), tables.rows(), 3);
    parlour.commit(shard(2), tables.rows(), 5);
    parlour.commit(counted("heal-1"), tables.rowsOfProtected(Origin.HEAL), 5);
    return tables;
  }

  /** Enough to have two entries in a log, one of which is derived by two commits, and two logs. */
  private void shortHistory() {
    TypedTables tables = parlour.tables(orders("bigint"));
    parlour.commit(shard(1), tables.rows(), 4);
    parlour.commit(shard(1), tables.rows(), 2);
    parlour.commit(counted("heal-1"), tables.rowsOfProtected(Origin.HEAL), 2);
  }

  @Test
  void everyRowIsMadeAnewOnceWithTheOtherType() {
    history();

    Rederivation.Result result = parlour.rederive(parlour.store, orders("decimal(12,2)"));

    assertThat(result.standing()).isEqualTo(Standing.SWITCHED);
    assertThat(result.rows()).isEqualTo(17);
    assertThat(result.incomplete()).isEmpty();
    parlour.assertWhole(FIRST, "as before");
    parlour.assertWhole(SECOND, "made anew");
    assertThat(parlour.records(SECOND))
        .allSatisfy(row -> assertThat(row.get("Color")).hasToString("red"));
  }

  @Test
  void rowsThatWereErasedAreNotWaitedFor() {
    history();
    parlour.eraseLast(shard(1), 1);
    parlour.eraseLast(shard(2), 0);
    parlour.eraseLast(counted("heal-1"), 0);

    Rederivation.Result result = parlour.rederive(parlour.store, orders("decimal(12,2)"));

    assertThat(result.standing()).isEqualTo(Standing.SWITCHED);
    assertThat(result.incomplete()).isEmpty();
    parlour.assertWhole(SECOND, "without the erased");
  }

  @Test
  void ofALogThatWasTakenBackWhatCountsIsDerived() {
    TypedTables tables = history();
    parlour.takeBack(shard(1), 1);
    parlour.takeBack(shard(2), 0);
    parlour.commit(shard(1), tables.rows(), 2);

    Rederivation.Result result = parlour.rederive(parlour.store, orders("decimal(12,2)"));

    assertThat(result.standing()).isEqualTo(Standing.SWITCHED);
    assertThat(result.incomplete()).isEmpty();
    parlour.assertWhole(SECOND, "of what counts");
    assertThat(result.rows()).as("four, two and five of a healing").isEqualTo(11);
  }

  @Test
  void aLogMayBeTakenBackAsFarAsItWasDerived() {
    history();
    parlour.rederive(parlour.store, orders("decimal(12,2)"));
    RowMaker rows = parlour.tables(orders("decimal(12,2)")).rows();
    parlour.commit(shard(1), rows, 4);
    parlour.takeBack(shard(1), 2);
    parlour.commit(shard(1), rows, 3);

    Rederivation.Result result = parlour.rederive(parlour.store, orders("decimal(12,2)"));

    assertThat(result.rows()).isZero();
    assertThat(result.incomplete()).isEmpty();
    parlour.assertWhole(SECOND, "after what was derived");
  }

  @Test
  void aWorkerWithTheOldConfigurationWritesBothAndThenTheNewOneAlone() {
    TypedTables tables = history();
    RowMaker rows = tables.rows();
    RederivedEntity wanted = parlour.wanted(parlour.store, orders("decimal(12,2)"));
    Generation generation = wanted.begin();
    parlour.commit(shard(1), rows, 3);

    Rederivation.Result result =
        Parlour.run(
            parlour.store, parlour.derivation(parlour.store, wanted, generation), generation);

    assertThat(result.rows()).as("the worker has written its three itself").isEqualTo(17);
    parlour.assertWhole(FIRST, "up to the switch");
    parlour.assertWhole(SECOND, "up to the switch");
    int before = parlour.rows(FIRST).size();
    parlour.commit(shard(1), rows, 3);
    parlour.assertWhole(SECOND, "after the switch");
    assertThat(parlour.rows(FIRST)).hasSize(before);
  }

  @Test
  void whatWasBegunBeforeTheNoteIsDerivedByAnotherRunAndFsckTellsOfItUntilThen() {
    TypedTables tables = history();
    RowMaker rows = tables.rows();
    ShardLog log = parlour.open(parlour.store, shard(1));
    Segment segment = Parlour.begin(log, rows);
    parlour.append(segment, shard(1), rows);
    assertThat(parlour.rederive(parlour.store, orders("decimal(12,2)")).standing())
        .isEqualTo(Standing.SWITCHED);
    assertThat(log.commit(segment)).isInstanceOf(Outcome.Committed.class);

    List<Finding> findings = new LakeCheck(parlour.store, LAKE).check(TABLE).findings();
    Rederivation.Result again = parlour.rederive(parlour.store, orders("decimal(12,2)"));
    Rederivation.Result third = parlour.rederive(parlour.store, orders("decimal(12,2)"));

    assertThat(findings).extracting(Finding::damage).containsExactly(Damage.NOT_DERIVED);
    assertThat(findings.get(0).detail()).contains("run 'afterbay rederive --entity orders'");
    assertThat(again).isEqualTo(new Rederivation.Result(1, Standing.CURRENT, List.of()));
    assertThat(third.rows()).isZero();
    parlour.assertWhole(SECOND, "after another run");
  }

  @Test
  void tasksThatShareTheLogsSwitchWhenTheLastIsDone() throws InterruptedException {
    history();
    RederivedEntity wanted = parlour.wanted(parlour.store, orders("decimal(12,2)"));
    Generation generation = wanted.begin();
    Derivation derivation = parlour.derivation(parlour.store, wanted, generation);
    Rederivation task =
        new Rederivation(
            parlour.store,
            LAKE,
            derivation,
            generation,
            Duration.ZERO,
            InstantSource.fixed(Parlour.NOON),
            duration -> {});

    Rederivation.Result one = task.run(shard(1)::equals, DeriveProgress.NONE);
    Rederivation.Result other = task.run(log -> !log.equals(shard(1)), DeriveProgress.NONE);

    assertThat(one.standing()).isEqualTo(Standing.BUILDING);
    assertThat(one.incomplete()).containsExactlyInAnyOrder(shard(2), counted("heal-1"));
    assertThat(other.standing()).isEqualTo(Standing.SWITCHED);
    assertThat(one.rows() + other.rows()).isEqualTo(17);
    parlour.assertWhole(SECOND, "by two tasks");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {"CRASH_BEFORE", "CRASH_AFTER", "SLOW_DOWN", "LOST", "APPLIED_UNHEARD"})
  void whateverEndsTheCommandARepetitionBringsEachRowOnce(Fault.Kind kind) {
    shortHistory();
    Parlour before = parlour;
    FaultyStore counting = new FaultyStore(before.copy().store, CALM);
    parlour.rederive(counting, orders("decimal(12,2)"));
    int calls = counting.calls();
    int ends = 0;
    for (int call = 1; call <= calls; call++) {
      parlour = before.copy();
      String run = kind + " at call " + call;
      Injection fault = new Injection(new Fault(kind, call), new Network(), 0);
      try {
        parlour.rederive(new FaultyStore(parlour.store, fault), orders("decimal(12,2)"));
      } catch (Crash | ObjectStoreException | LakeException e) {
        ends++;
      }
      Rederivation.Result result = parlour.rederive(parlour.store, orders("decimal(12,2)"));
      assertThat(result.standing()).as(run).isNotEqualTo(Standing.BUILDING);
      assertThat(result.incomplete()).as(run).isEmpty();
      parlour.assertWhole(SECOND, run);
    }
    System.out.println(
        "Rederivation, " + kind + ": ended " + ends + " times at " + calls + " calls");
    assertThat(ends).isPositive();
    if (kind == Fault.Kind.CRASH_BEFORE) {
      assertThat(ends).isEqualTo(calls);
    }
  }

  private static final Disturbance CALM =
      new Disturbance() {
        @Override
        public <T> T around(Call<T> call) {
          return call.apply();
        }
      };

  @Test
  void anotherProcessThatDerivesTheSameMakesNoRowTwice() {
    int steps = 60;
    shortHistory();
    Parlour before = parlour;
    for (int step = 1; step <= steps; step++) {
      parlour = before.copy();
      int[] left = {step};
      Parlour world = parlour;
      FaultyStore way =
          new FaultyStore(
              world.store,
              new Disturbance() {
                @Override
                public <T> T around(Call<T> call) {
                  if (--left[0] == 0) {
                    world.rederive(world.store, orders("decimal(12,2)"));
                  }
                  return call.apply();
                }
              });

      parlour.rederive(way, orders("decimal(12,2)"));

      parlour.assertWhole(SECOND, "another process at call " + step);
    }
  }

  @Test
  void exportedItemsAreMadeAnewTooAndTheNewestSnapshotIsNoted() {
    TypedTables tables = history();
    parlour.commit(counted("snapshot-1"), tables.snapshotRows(), 4);
    new SnapshotNotes(parlour.store, LAKE)
        .complete(new CompleteSnapshot(TABLE, Parlour.NOON, "arn", 4, Set.of(FIRST)));

    parlour.rederive(parlour.store, orders("decimal(12,2)"));

    assertThat(sequenceNumbers(SECOND + "_snapshots"))
        .isNotEmpty()
        .isEqualTo(sequenceNumbers(FIRST + "_snapshots"));
    assertThat(new GenerationNotes(parlour.store, LAKE).holders(TABLE, Parlour.NOON))
        .containsExactly(SECOND);
    parlour.assertSound("with a snapshot");
  }

  private List<String> sequenceNumbers(String folder) {
    return parlour.records(folder).stream()
        .map(row -> row.get("cdc_seq").toString())
        .sorted()
        .toList();
  }

  @Test
  void whatIsDefinedAsTheLakeHasItIsRefused() {
    history();

    assertThatThrownBy(() -> parlour.rederive(parlour.store, orders("bigint")))
        .isInstanceOf(LakeException.class)
        .hasMessageContaining("there is nothing to rederive");
  }

  @Test
  void anotherDefinitionBeginsAnotherGenerationAndLeavesTheOneThatWasBegun() {
    history();
    parlour.wanted(parlour.store, orders("decimal(12,2)")).begin();

    Generation next = parlour.wanted(parlour.store, orders("double")).begin();
    parlour.rederive(parlour.store, orders("double"));

    assertThat(next.folder()).isEqualTo("orders__g3");
    parlour.assertWhole("orders__g3", "the newest");
    assertThat(parlour.rows(SECOND)).isEmpty();
  }

  @Test
  void oldTablesAreDroppedButForWhatLogsEndWith() {
    TypedTables tables = history();
    RowMaker rows = tables.rows();
    parlour.rederive(parlour.store, orders("decimal(12,2)"));
    OldGenerations old =
        new OldGenerations(
            parlour.store,
            LAKE,
            new CommitLog(
                parlour.store, LAKE, Workspace.in(scratch), InstantSource.fixed(Parlour.NOON)),
            parlour.store::delete,
            InstantSource.fixed(Parlour.NOON));

    Dropped first = old.drop(TABLE, FIRST);
    parlour.commit(shard(1), rows, 3);
    parlour.commit(shard(2), rows, 3);
    Dropped second = old.drop(TABLE, FIRST);

    assertThat(first.folders()).containsExactly(FIRST);
    assertThat(first.removed()).isPositive();
    assertThat(first.kept()).isPositive();
    assertThat(second.removed()).isPositive();
    assertThat(second.kept()).isLessThan(first.kept());
    parlour.assertWhole(SECOND, "the one that is asked");
    parlour.assertSound("without the old one");
  }
}
