package dev.afterbay.consumer.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.routing.Entity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTextTest {
  private static final String ORDERS =
      """
          entities:
            - name: orders
              match: { PK: "USER#{user_id}" }
      """;
  private static final String NONE = "    entities: []\n";

  @TempDir Path dir;

  @Test
  void allButTheTablesStaysAsItWasWritten() throws IOException {
    String text =
        """
        # ours
        application: ${NAME}   # from outside
        region: us-east-1
        lake: s3://afterbay/lake
        tables:
          - name: Shop
            entities:
              - { name: old, columns: { Total: decimal(12,2), At: struct<a: int, b: date> } }
            protect: { Email: mask }
          - { name: Tasks }
        http: { port: 0 }  # off
        """;

    String changed = changed(text, ORDERS, NONE);

    assertThat(changed)
        .isEqualTo(
            """
            # ours
            application: ${NAME}   # from outside
            region: us-east-1
            lake: s3://afterbay/lake
            tables:
              - name: Shop
                protect: {Email: mask}
                entities:
                  - name: orders
                    match: { PK: "USER#{user_id}" }
              - name: Tasks
                entities: []
            http: { port: 0 }  # off
            """);
    AfterbayConfig read = read(changed);
    assertThat(read.application()).isEqualTo("shop");
    assertThat(read.table(new TableName("Shop")).entities())
        .extracting(Entity::name)
        .containsExactly("orders");
    assertThat(read.table(new TableName("Shop")).protect()).containsOnlyKeys("Email");
    assertThat(read.table(new TableName("Tasks")).entities()).isEmpty();
  }

  @Test
  void tablesMayStandAnywhereAndInAnyStyle() throws IOException {
    for (String text :
        List.of(
            "{application: shop, region: us-east-1, lake: 's3://afterbay/lake', tables: [ {name:"
                + " Shop}, {name: Tasks} ]}",
            """
            tables: [ { name: Shop }, { name: Tasks } ]
            application: shop   # \uD83D\uDE80
            region: us-east-1
            lake: s3://afterbay/lake""",
            """
            application: shop   # \uD83D\uDE80
            region: us-east-1
            lake: s3://afterbay/lake
            tables:
            - name: Shop
            - name: Tasks""")) {
      AfterbayConfig read = read(changed(text, NONE, ORDERS));

      assertThat(read.application()).as(text).isEqualTo("shop");
      assertThat(read.lake().toString()).as(text).isEqualTo("s3://afterbay/lake");
      assertThat(read.table(new TableName("Tasks")).entities()).as(text).hasSize(1);
      assertThat(read.table(new TableName("Shop")).entities()).as(text).isEmpty();
    }
  }

  private String changed(String text, String... entities) throws IOException {
    Path file = Files.writeString(dir.resolve("afterbay.yaml"), text);
    return ConfigurationText.read(file).withEntities(List.of(entities));
  }

  private AfterbayConfig read(String text) throws IOException {
    Path file = Files.writeString(dir.resolve("changed.yaml"), text);
    return AfterbayConfig.read(file, Map.of("NAME", "shop"));
  }
}
