package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audits of the lake of a real worker, against exports of the local DynamoDB. */
class AuditIT {
  private static final int VERDICT = 3;

  @TempDir static Path dir;

  private static Stage stage;

  @BeforeAll
  static void open() {
    stage = Stage.open(dir);
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  void aWorkerAuditsByItselfAndTellsTheVerdict() throws Exception {
    AuditedOrders plain = AuditedOrders.on(stage);
    WorkerMetrics metrics = WorkerMetrics.onFreePort();
    AuditedOrders orders =
        plain.in(
            plain
                .setup()
                .telling(metrics)
                .edited("endpoints:\n", "audit: { every: 3s }\nendpoints:\n"));
    orders.putAll(10);
    try (ChildProcess worker = orders.setup().run("one")) {
      orders.setup().awaitAll(worker);
      await("an audit").atMost(Setup.PATIENCE).until(() -> metrics.tells("afterbay_audit_drift"));
      assertThat(metrics.sum("afterbay_audit_drift")).as(worker.err()).isZero();
      assertThat(metrics.tells("afterbay_audit_age_seconds")).isTrue();

      orders.damage();

      await("the verdict")
          .atMost(Setup.PATIENCE)
          .until(() -> metrics.sum("afterbay_audit_drift") == 3);
      assertThat(worker.err()).contains("missing 1, stale 1, phantom 1");
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
  }

  @Test
  void damageIsFoundNamedAndRepaired() throws Exception {
    AuditedOrders plain = AuditedOrders.on(stage);
    Setup setup =
        plain.setup().with("entities: [ { name: orders, match: { PK: \"USER#{user}\" } } ]");
    AuditedOrders orders = plain.in(setup);
    try (ChildProcess worker = setup.run("one")) {
      orders.putAll(50);
      setup.awaitAll(worker);

      Setup.Finished clean = setup.command("audit", "--json");

      assertThat(clean.exitCode()).as(clean.out() + clean.err()).isZero();
      assertThat(json(clean).path("tables").path(0).path("items").asInt()).isEqualTo(50);

      orders.damage();
      Setup.Finished drift = setup.command("audit", "--json");

      assertThat(drift.exitCode()).as(drift.out() + drift.err()).isEqualTo(VERDICT);
      JsonNode found = json(drift).path("tables").path(0);
      String at = found.path("at").asText();
      assertThat(found.path("drift").asInt()).as(drift.out()).isEqualTo(3);
      assertThat(orders.audited())
          .isEqualTo(
              """
              verdict,sk
              missing,3
              phantom,5x
              stale,7
              """);

      kill(setup, "--at", at, "--repair");
      Setup.Finished repaired = setup.command("audit", "--at", at, "--repair", "--json");

      assertThat(repaired.exitCode()).isEqualTo(VERDICT);
      assertThat(json(repaired).path("tables").path(0).path("repaired").asInt()).isEqualTo(3);
      assertThat(orders.audited().lines()).hasSize(4);
      assertThat(
              setup.printed(
                  "query",
                  "--format",
                  "csv",
                  "SELECT SK, cdc_op FROM orders WHERE cdc_origin = 'REPAIR' ORDER BY SK"))
          .isEqualTo("SK,cdc_op\n3,INSERT\n5x,REMOVE\n7,MODIFY\n");

      Setup.Finished after = setup.command("audit", "--json");
      assertThat(after.exitCode()).as(after.out() + after.err()).isZero();
      assertThat(worker.alive()).isTrue();
    }
  }

  /** Ends a repair as soon as it reads the export, with SIGKILL. */
  private static void kill(Setup setup, String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "audit";
    all[1] = "--config";
    all[2] = setup.config().toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    try (ChildProcess audit = Program.SERVICE.start(stage.dir(), all)) {
      await("the export is read")
          .atMost(Setup.PATIENCE)
          .until(() -> audit.err().contains("read file 1") || !audit.alive());
      audit.kill();
    }
  }

  private static JsonNode json(Setup.Finished command) throws IOException {
    return new ObjectMapper().readTree(command.out());
  }
}
