package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.local.athena.AthenaServer;
import dev.afterbay.local.glue.GlueServer;
import dev.afterbay.local.trino.Trino;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audits of the lake of a real worker, compared by Athena's engine. */
class AthenaAuditIT {
  private static final int USAGE = 2;
  private static final int VERDICT = 3;

  @TempDir static Path dir;

  private static Stage stage;
  private static GlueServer glue;
  private static Trino trino;
  private static AthenaServer athena;

  @BeforeAll
  static void open() {
    stage = Stage.open(dir);
    glue = GlueServer.start(0);
    trino = Trino.start(dir.resolve("trino"), glue.endpoint(), stage.aws().endpoints().s3());
    athena = AthenaServer.start(0, trino::run);
  }

  @AfterAll
  static void close() {
    athena.close();
    trino.close();
    glue.close();
    stage.close();
  }

  @Test
  void damageIsFoundByAthenaNamedAndRepaired() throws Exception {
    AuditedOrders plain = AuditedOrders.on(stage);
    Setup setup =
        plain
            .setup()
            .edited(
                "endpoints:\n",
                """
                catalog: { database: audited }
                audit: { engine: athena }
                endpoints:
                  glue: %s
                  athena: %s
                """
                    .formatted(glue.endpoint(), athena.endpoint()));
    AuditedOrders orders = plain.in(setup);

    Setup.Finished early = setup.command("audit");
    assertThat(early.exitCode()).isEqualTo(1);
    assertThat(early.err())
        .contains("does not have the table '" + orders.table().folder() + "_changes'");

    try (ChildProcess worker = setup.run("one")) {
      orders.putAll(50);
      setup.awaitAll(worker);
      await("the tables").atMost(Setup.PATIENCE).until(() -> glue.calls().count("CreateTable") > 5);

      Setup.Finished clean = setup.command("audit", "--json");
      assertThat(clean.exitCode()).as(clean.out() + clean.err()).isZero();
      assertThat(found(clean).path("items").asInt()).isEqualTo(50);
      assertThat(found(clean).path("scannedBytes").asLong()).isPositive();

      orders.damage();
      Setup.Finished drift = setup.command("audit", "--json");

      assertThat(drift.exitCode()).as(drift.out() + drift.err()).isEqualTo(VERDICT);
      assertThat(orders.audited())
          .isEqualTo(
              """
              verdict,sk
              missing,3
              phantom,5x
              stale,7
              """);

      String at = found(drift).path("at").asText();
      Setup.Finished repaired = setup.command("audit", "--at", at, "--repair", "--json");
      assertThat(found(repaired).path("repaired").asInt()).as(repaired.err()).isEqualTo(3);

      Setup.Finished after = setup.command("audit", "--json");
      assertThat(after.exitCode()).as(after.out() + after.err()).isZero();
      Setup.Finished other = setup.command("audit", "--json", "--engine", "duckdb");
      assertThat(other.exitCode()).as(other.out() + other.err()).isZero();
      assertThat(athena.queries().stream().filter(sql -> sql.startsWith("WITH lake AS")))
          .hasSize(3);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
  }

  @Test
  void withoutACatalogAthenaIsRefusedBeforeAnythingIsDone() {
    Setup setup = AuditedOrders.on(stage).setup();

    Setup.Finished refused = setup.command("audit", "--engine", "athena");

    assertThat(refused.exitCode()).isEqualTo(USAGE);
    assertThat(refused.err()).contains("'--engine'", "catalog: glue", "duckdb");
  }

  private static JsonNode found(Setup.Finished command) throws IOException {
    return new ObjectMapper().readTree(command.out()).path("tables").path(0);
  }
}
