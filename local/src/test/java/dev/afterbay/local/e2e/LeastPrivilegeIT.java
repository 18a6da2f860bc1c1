package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The service and every command of operators, once through all that they do, on what the templates
 * make; what they ask of AWS is held against the roles of {@code pipeline.yaml}.
 */
@TakesLong
class LeastPrivilegeIT {
  private static final Duration TICK = Duration.ofMillis(300);
  private static final int VERDICT = 3;

  /** What the loser of a race for a commit calls. */
  private static final String LOST = "AbortMultipartUpload";

  @TempDir Path dir;

  @Test
  void theRolesAllowWhatIsCalledAndNothingElse() throws IOException {
    PastTable table = new PastTable("Kept-Orders", 11);
    try (Deployed deployed = new Deployed(dir, table)) {
      deployed.switchRecoveryOn();
      Setup setup = deployed.setup();
      Setup manual = setup.edited("audit:", "heal: manual\naudit:");
      begin(setup, table);
      healByHand(manual, table);
      Setup rival =
          manual
              .edited("application: lake", "application: rival")
              .edited("catalog: {", "catalog: none #");
      live(setup, manual, rival, table);
      operate(setup, table);

      List<String> wrong = new ArrayList<>();
      for (Map.Entry<String, Command> role :
          Map.of(
                  "ServiceRole",
                  Command.RUN,
                  "OperatorRole",
                  Command.OTHERS,
                  "EraserRole",
                  Command.ERASE)
              .entrySet()) {
        Set<RecordedCall> calls = calls(setup, role.getValue());
        calls.addAll(calls(manual, role.getValue()));
        // Of the two that race for commits either may lose; all else of the rival has other tables.
        calls(rival, role.getValue()).stream()
            .filter(call -> call.operation().equals(LOST))
            .forEach(calls::add);
        wrong.addAll(findings(role.getKey(), deployed, calls));
      }
      assertThat(wrong).isEmpty();
    }
  }

  private static void begin(Setup setup, PastTable table) {
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
    loseRecords(table, 14);
  }

  private static void loseRecords(PastTable table, int minute) {
    table.write(100, table.minute(minute), table.minute(minute + 4));
    table.trimAll();
    table.write(100, table.minute(minute + 5), table.minute(minute + 8));
  }

  /** A worker that only notes the gap, and an operator who heals it. */
  private static void healByHand(Setup manual, PastTable table) {
    try (ChildProcess worker = manual.run("one")) {
      manual.awaitRows(table.name(), 200, worker);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    manual.printed("heal");
    loseRecords(table, 40);
  }

  /** A worker that heals a gap, and races for commits with one that knows nothing of it. */
  private static void live(Setup setup, Setup manual, Setup rival, PastTable table) {
    try (ChildProcess worker = setup.run("one")) {
      try (ChildProcess other = rival.run("other")) {
        int[] minute = {50};
        await("a lost race")
            .atMost(Setup.PATIENCE)
            .pollInterval(TICK)
            .until(
                () -> {
                  table.write(20, table.minute(minute[0]), table.minute(minute[0] + 1));
                  minute[0] = Math.min(minute[0] + 1, 110);
                  return operations(setup).contains(LOST) || operations(rival).contains(LOST);
                });
        assertThat(other.stop()).as(other.err()).isZero();
      }
      await("every other kind of call of a worker")
          .atMost(Setup.PATIENCE)
          .pollInterval(TICK)
          .until(
              () -> {
                Set<String> called = operations(setup);
                called.addAll(operations(manual));
                return called.containsAll(
                    List.of("DescribeExport", "UpdatePreparedStatement", "UpdateTable"));
              });
      // A worker that has lost too often ends by itself: what it calls is all that counts here.
      worker.stop();
    }
  }

  /** What operators do by hand, and the worker that they do it beside. */
  private static void operate(Setup setup, PastTable table) throws IOException {
    setup.printed("status");
    setup.printed("heal");
    try (ChildProcess worker = setup.run("two")) {
      // Who lost the races has no checkpoint that could be set back.
      long rows = setup.lake().rows(table.name());
      table.write(20, table.minute(111), table.minute(112));
      setup.awaitRows(table.name(), rows + 20, worker);
      setup.printed("snapshot");
      setup.printed("audit");

      String[] partly = {"--from-changes-alone", "--without-protected"};
      String drill = setup.printed("restore", "--drill", "--json", partly[0], partly[1]);
      setup.printed(
          "restore", "--at", at(drill), "--to-table", "restored-orders", partly[0], partly[1]);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    setup.printed("quarantine");
    setup.printed("quarantine", "reprocess");
    setup.printed("query", "SELECT count(*) FROM kept_orders_changes");
    setup.printed("ddl");
    setup.printed("discover");
    setup.printed("discover", "--source");
    Setup.Finished doctor = setup.command("doctor");
    assertThat(doctor.exitCode()).as(doctor.out() + doctor.err()).isIn(0, VERDICT);
    setup.printed("fsck", "--clean");
    String[] erase = erase(setup, table);
    deleteChanges(setup);
    assertThat(setup.fsck().exitCode()).isEqualTo(VERDICT);
    assertThat(setup.command("erase", erase).err()).contains("is damaged");
    // Of what came before the gaps the stream has nothing.
    Setup.Finished restored = setup.command("fsck", "--restore");
    assertThat(restored.out()).as(restored.err()).contains("restored from the stream");
    // Right behind the last gap.
    setup.printed("replay", "--from", table.minute(46).toString());
  }

  /** The moment of a restore, by its answer in JSON. */
  private static String at(String restored) throws IOException {
    return new ObjectMapper().readTree(restored).path("at").asText();
  }

  /**
   * An item of early changes and snapshots, exports, and what a comparison may have left. No file
   * that a log ends with has the item: it could not be restored, nor the log be taken back.
   */
  private static String[] erase(Setup setup, PastTable table) throws IOException {
    Path comparison = setup.lake().root().resolve("_afterbay/comparisons/kept_orders/comparison=1");
    Files.createDirectories(comparison);
    Files.writeString(comparison.resolve("keys.json"), "{}");
    Map<String, Map<String, AttributeValue>> now = table.imagesAt(table.minute(119));
    String item =
        table.imagesAt(table.minute(5)).entrySet().stream()
            .filter(early -> early.getValue().equals(now.get(early.getKey())))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    String[] key = item.split("\\|", -1);
    String[] arguments = {
      "--key", "{\"PK\":{\"S\":\"%s\"},\"SK\":{\"S\":\"%s\"}}".formatted(key[0], key[1])
    };
    assertThat(setup.printed("erase", arguments)).contains("  changes ", "  snapshots ");
    return arguments;
  }

  private static void deleteChanges(Setup setup) throws IOException {
    Path changes = setup.lake().root().resolve("kept_orders/changes");
    for (Path file : LakeFiles.files(changes, ".parquet")) {
      Files.delete(file);
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
            deployed.table().value(),
            Deployed.DATABASE);
    Set<Permission> needed = new LinkedHashSet<>();
    calls.forEach(call -> needed.addAll(needs.of(call)));
    List<String> findings = new ArrayList<>();
    policy.denied(needed).forEach(need -> findings.add("denied: " + need));
    policy.unused(needed).forEach(sid -> findings.add("unused: " + sid));
    policy.superfluousActions(needed).forEach(action -> findings.add("superfluous: " + action));
    policy.superfluousResources(needed).forEach(part -> findings.add("superfluous: " + part));
    int denied = policy.denied(needed).size();
    System.out.printf(
        "%s: %d distinct calls recorded, %s, %d unused statements; %d of %d actions could be taken"
            + " away%n",
        role,
        calls.size(),
        denied == 0 ? "all allowed" : denied + " permissions denied",
        policy.unused(needed).size(),
        policy.superfluousActions(needed).size(),
        policy.actions());
    policy.statements().stream()
        .filter(statement -> !statement.conditions().isEmpty())
        .forEach(s -> System.out.printf("  %s only if %s%n", s.sid(), s.conditions()));
    return findings.stream().map(finding -> role + " " + finding).toList();
  }

  private static Set<RecordedCall> calls(Setup setup, Command command) {
    Set<RecordedCall> calls = new LinkedHashSet<>();
    RecordedCalls.of(setup.config(), command).forEach(line -> calls.add(RecordedCall.parse(line)));
    return calls;
  }

  private static Set<String> operations(Setup setup) {
    return calls(setup, Command.RUN).stream()
        .map(RecordedCall::operation)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
