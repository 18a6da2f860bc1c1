package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.local.stream.GeneratedChanges;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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
  void damageIsFoundNamedAndRepaired() throws Exception {
    TableName table = stage.table();
    stage
        .clients()
        .tables()
        .updateContinuousBackups(
            r ->
                r.tableName(table.value())
                    .pointInTimeRecoverySpecification(s -> s.pointInTimeRecoveryEnabled(true)));
    Setup setup =
        stage.setup(table).with("entities: [ { name: orders, match: { PK: \"USER#{user}\" } } ]");
    try (ChildProcess worker = setup.run("one")) {
      for (int i = 0; i < 50; i++) {
        put(table, i, "first");
      }
      put(table, 7, "second");
      setup.awaitAll(worker);

      Setup.Finished clean = setup.command("audit", "--json");

      assertThat(clean.exitCode()).as(clean.out() + clean.err()).isZero();
      assertThat(json(clean).path("tables").path(0).path("items").asInt()).isEqualTo(50);

      damage(setup, table);
      Setup.Finished drift = setup.command("audit", "--json");

      assertThat(drift.exitCode()).as(drift.out() + drift.err()).isEqualTo(VERDICT);
      JsonNode found = json(drift).path("tables").path(0);
      String at = found.path("at").asText();
      assertThat(found.path("drift").asInt()).as(drift.out()).isEqualTo(3);
      assertThat(audited(setup, table))
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
      assertThat(audited(setup, table).lines()).hasSize(4);
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

  private static String audited(Setup setup, TableName table) {
    return setup.printed(
        "query",
        "--format",
        "csv",
        "SELECT verdict, cdc_key::JSON -> 'SK' ->> 'S' AS sk FROM "
            + table.folder()
            + "_audits ORDER BY 2");
  }

  /** A row is taken out, one is made another's, and the last image of one is an older one. */
  private static void damage(Setup setup, TableName table) throws IOException, SQLException {
    Path changes = setup.lake().root().resolve(table.folder()).resolve("changes");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement();
        Stream<Path> files = Files.walk(changes)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        Path other = Files.createTempFile(dir, "damaged-", ".parquet");
        String rows = "FROM read_parquet('" + file + "', hive_partitioning = false)";
        sql.execute(
            """
            COPY (
              SELECT * %s
              WHERE SK <> '3' AND NOT (SK = '7' AND new_image LIKE '%%second%%')
              UNION ALL
              SELECT * REPLACE ('5x' AS SK, replace(new_image, '"5"', '"5x"') AS new_image,
                md5(SK) AS cdc_digest) %s WHERE SK = '5'
            ) TO '%s' (FORMAT parquet)"""
                .formatted(rows, rows, other));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void put(TableName table, int number, String text) {
    stage
        .clients()
        .tables()
        .putItem(
            r ->
                r.tableName(table.value())
                    .item(
                        Map.of(
                            "PK",
                            AttributeValue.fromS("USER#" + GeneratedChanges.SECRET),
                            "SK",
                            AttributeValue.fromS("" + number),
                            "Text",
                            AttributeValue.fromS(GeneratedChanges.SECRET + " " + text))));
  }

  private static JsonNode json(Setup.Finished command) throws IOException {
    return new ObjectMapper().readTree(command.out());
  }
}
