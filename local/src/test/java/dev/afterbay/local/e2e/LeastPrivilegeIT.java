package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterbay.local.deploy.Needs;
import dev.afterbay.local.deploy.Permission;
import dev.afterbay.local.deploy.RecordedCall;
import dev.afterbay.local.deploy.RecordedCalls;
import dev.afterbay.local.deploy.RecordedCalls.Command;
import dev.afterbay.local.deploy.RolePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service and every command of operators, once through all that they do, on what the templates
 * make; what they ask of AWS is held against the roles of {@code pipeline.yaml}.
 */
class LeastPrivilegeIT {
  private static final Duration TICK = Duration.ofMillis(300);
  private static final int VERDICT = 3;

  @TempDir Path dir;

  @Test
  void theRolesAllowWhatIsCalledAndNothingElse() throws IOException {
    PastTable table = new PastTable("Kept-Orders", 11);
    try (Deployed deployed = new Deployed(dir, table)) {
      deployed.switchRecoveryOn();
      Setup setup = deployed.setup();
      live(setup, table);
      operate(setup);

      List<String> wrong = new ArrayList<>();
      wrong.addAll(findings("ServiceRole", deployed, calls(setup, Command.RUN)));
      wrong.addAll(findings("OperatorRole", deployed, calls(setup, Command.OTHERS)));
      assertThat(wrong).isEmpty();
    }
  }

  /** A worker that loses records, heals the gap, grows tables and loses a race for a commit. */
  private static void live(Setup setup, PastTable table) {
    try (ChildProcess worker = setup.run("one")) {
      // Of tables without columns, so that what is prepared has to be changed later.
      await("the first views")
          .atMost(Setup.PATIENCE)
          .pollInterval(TICK)
          .until(() -> operations(setup).contains("CreatePreparedStatement"));
      table.write(100, table.minute(0), table.minute(5));
      setup.awaitRows(table.name(), 100, worker);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    table.write(100, table.minute(14), table.minute(20));
    table.trimAll();
    table.write(100, table.minute(22), table.minute(25));
    Setup rival =
        setup
            .edited("application: lake", "application: rival")
            .edited("catalog: {", "catalog: none #");
    try (ChildProcess worker = setup.run("one");
        ChildProcess other = rival.run("other")) {
      int[] minute = {26};
      await("every kind of call of a worker")
          .atMost(Setup.PATIENCE)
          .pollInterval(TICK)
          .until(
              () -> {
                assertThat(worker.alive()).as(worker.err()).isTrue();
                table.write(20, table.minute(minute[0]), table.minute(minute[0] + 1));
                minute[0] = Math.min(minute[0] + 1, 110);
                return operations(setup)
                    .containsAll(
                        List.of(
                            "AbortMultipartUpload",
                            "DescribeExport",
                            "UpdatePreparedStatement",
                            "UpdateTable"));
              });
      assertThat(other.stop()).as(other.err()).isZero();
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
  }

  /** What operators do by hand, and the worker that they do it beside. */
  private static void operate(Setup setup) throws IOException {
    setup.printed("status");
    setup.printed("heal");
    try (ChildProcess worker = setup.run("two")) {
      setup.printed("snapshot");
      setup.printed("audit");
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    setup.printed("quarantine");
    setup.printed("quarantine", "reprocess");
    setup.printed("query", "SELECT count(*) FROM kept_orders_changes");
    setup.printed("ddl");
    setup.printed("discover");
    // Bare keys have no pattern, and that is all that it says.
    assertThat(setup.command("discover", "--source").exitCode()).isEqualTo(VERDICT);
    Setup.Finished doctor = setup.command("doctor");
    assertThat(doctor.exitCode()).as(doctor.out() + doctor.err()).isIn(0, VERDICT);
    setup.printed("fsck");
    deleteOneFile(setup);
    assertThat(setup.fsck().exitCode()).isEqualTo(VERDICT);
  }

  private static void deleteOneFile(Setup setup) throws IOException {
    Path changes = setup.lake().root().resolve("kept_orders/changes");
    try (Stream<Path> files = Files.walk(changes)) {
      Files.delete(files.filter(file -> file.toString().endsWith(".parquet")).findAny().get());
    }
  }

  private static List<String> findings(String role, Deployed deployed, Set<RecordedCall> calls) {
    RolePolicy policy = RolePolicy.of(deployed.stack().properties(role));
    Needs needs =
        new Needs(
            "us-east-1:000000000000",
            Deployed.LAKE_KEY,
            Deployed.TABLE_KEY,
            Deployed.RESULTS,
            deployed.table().value());
    Set<Permission> needed = new LinkedHashSet<>();
    calls.forEach(call -> needed.addAll(needs.of(call)));
    List<String> findings = new ArrayList<>();
    policy.denied(needed).forEach(need -> findings.add("denied: " + need));
    policy.unused(needed).forEach(sid -> findings.add("unused: " + sid));
    policy.superfluousActions(needed).forEach(action -> findings.add("superfluous: " + action));
    policy.superfluousResources(needed).forEach(part -> findings.add("superfluous: " + part));
    System.out.printf(
        "%s: %d distinct calls recorded, %s, %d unused statements; of %d actions in %d statements"
            + " none can be taken away: %s%n",
        role,
        calls.size(),
        policy.denied(needed).isEmpty() ? "all allowed" : "some denied",
        policy.unused(needed).size(),
        policy.actions(),
        policy.statements().size(),
        policy.superfluousActions(needed).isEmpty());
    return findings.stream().map(finding -> role + " " + finding).toList();
  }

  private static Set<RecordedCall> calls(Setup setup, Command command) {
    Set<RecordedCall> calls = new LinkedHashSet<>();
    RecordedCalls.of(setup.config(), command).forEach(line -> calls.add(RecordedCall.parse(line)));
    return calls;
  }

  private static List<String> operations(Setup setup) {
    return calls(setup, Command.RUN).stream().map(RecordedCall::operation).toList();
  }
}
