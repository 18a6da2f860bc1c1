package dev.afterbay.local.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ScenarioFileTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_000));

  @Test
  void valuesKeepTheirTypesAndDigits() throws IOException {
    Scenario scenario =
        read(
            """
            table: { name: TTT, key: { hash: PK, range: SK } }
            steps:
              - say: all types
                put:
                  item:
                    PK: a
                    SK: "007"
                    Price: 49.90
                    Big: 12345678901234567890123456789012345678
                    Yes: true
                    Nothing: null
                    Day: 2026-11-21
                    Tags: { string-set: [b, a] }
                    Sizes: { number-set: [1, 2.50] }
                    ExpiresAt: { seconds-from-now: -60 }
                    Nested: { List: [x, 1] }
            """);

    Write.Put put = (Write.Put) scenario.steps().get(0).write();

    assertThat(put.item())
        .containsEntry("SK", AttributeValue.fromS("007"))
        .containsEntry("Price", AttributeValue.fromN("49.90"))
        .containsEntry("Big", AttributeValue.fromN("12345678901234567890123456789012345678"))
        .containsEntry("Yes", AttributeValue.fromBool(true))
        .containsEntry("Nothing", AttributeValue.fromNul(true))
        .containsEntry("Day", AttributeValue.fromS("2026-11-21"))
        .containsEntry("Tags", AttributeValue.fromSs(List.of("b", "a")))
        .containsEntry("Sizes", AttributeValue.fromNs(List.of("1", "2.50")))
        .containsEntry("ExpiresAt", AttributeValue.fromN("940"))
        .containsEntry(
            "Nested",
            AttributeValue.fromM(
                Map.of(
                    "List",
                    AttributeValue.fromL(
                        List.of(AttributeValue.fromS("x"), AttributeValue.fromN("1"))))));
  }

  @Test
  void anUnknownWordIsRefusedWithItsStep() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    table: { name: TTT, key: { hash: PK, range: SK } }
                    steps:
                      - say: fine
                        delete: { key: { PK: a, SK: b } }
                      - say: wrong
                        put: { item: { PK: a, SK: b }, unless: x }
                    """))
        .isInstanceOf(ScenarioException.class)
        .hasMessage("test.yaml: step 2 (wrong) does not know 'unless'");
  }

  @Test
  void aStepWithoutARequestIsRefused() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    table: { name: TTT, key: { hash: PK, range: SK } }
                    steps:
                      - say: nothing
                    """))
        .hasMessage("test.yaml: step 1 (nothing) has no put, update, delete, batch or transaction");
  }

  @Test
  void theScenariosThatShipCanBeRead() {
    assertThat(Scenario.eCommerce(CLOCK).tableName()).isEqualTo("E-commerce-Data");
    assertThat(Scenario.taskApp(CLOCK).tableName()).isEqualTo("TaskApp");
    assertThat(Scenario.eCommerce(CLOCK).changes()).isGreaterThan(15);
    assertThat(Scenario.taskApp(CLOCK).changes()).isGreaterThan(10);
  }

  private static Scenario read(String yaml) throws IOException {
    return new ScenarioFile("test.yaml", CLOCK)
        .read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }
}
