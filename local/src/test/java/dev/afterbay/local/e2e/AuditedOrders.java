package dev.afterbay.local.e2e;

import dev.afterbay.local.stream.GeneratedChanges;
import dev.afterbay.sinks.duck.SharedDuck;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A table that can be exported, and what can be done to it and to its lake.
 *
 * @param setup the lake that keeps it
 */
record AuditedOrders(Stage stage, TableName table, Setup setup) {
  static AuditedOrders on(Stage stage) {
    TableName table = stage.recoverable();
    return new AuditedOrders(stage, table, stage.setup(table));
  }

  /** The same with another setup of the lake. */
  AuditedOrders in(Setup changed) {
    return new AuditedOrders(stage, table, changed);
  }

  /** Puts items whose sort keys count from 0, and another version of number 7. */
  void putAll(int items) {
    for (int i = 0; i < items; i++) {
      put(i, "first");
    }
    put(7, "second");
  }

  private void put(int number, String text) {
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

  /** What the newest audit found. */
  String audited() {
    return setup.printed(
        "query",
        "--format",
        "csv",
        "SELECT verdict, cdc_key::JSON -> 'SK' ->> 'S' AS sk FROM "
            + table.folder()
            + "_audits ORDER BY 2");
  }

  /**
   * A row is taken out, one is made another's, and the last image of one is an older one: number 3
   * is missing, 5x a phantom, 7 stale.
   */
  void damage() throws IOException, SQLException {
    Path changes = setup.lake().root().resolve(table.folder()).resolve("changes");
    try (Connection duck = SharedDuck.session();
        Statement sql = duck.createStatement()) {
      for (Path file : LakeFiles.files(changes, ".parquet")) {
        Path other = Files.createTempFile(stage.dir(), "damaged-", ".parquet");
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
}
