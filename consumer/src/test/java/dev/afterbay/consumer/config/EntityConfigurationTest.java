package dev.afterbay.consumer.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.protect.Protection.Rule;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.Template;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.ColumnType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntityConfigurationTest {
  private static final List<KeyAttribute> KEYS =
      List.of(new KeyAttribute("PK", KeyType.S), new KeyAttribute("SK", KeyType.S));

  @TempDir Path dir;

  @Test
  void everyKeyOfAnEntityArrivesInTheTree() throws IOException {
    TableConfig table =
        table(
            """
            protect: { Email: hash, Phone: mask, Password: drop }
            protect-key: env:AFTERBAY_HASH_KEY
            entities:
              - name: orders
                match: { PK: "USER|{user_id}", SK: "ORDER|{order_id:long}" }
                where: { type: [order, 5, 5.50, true, "5", 2024-01-01], v: 1 }
                columns: { Total: decimal(12,2), Address: struct<city: string, zip: string> }
                capture: { GSI1PK: "STATUS|{gsi_status}" }
                omit: [GSI1SK, GSI2SK]
                infer: false
                delimiter: "|"
              - name: clients
                match: { PK: "CLIENT#{client_id}" }
                omit: Note
                schema: clients.avsc
              - name: orders_by_id
                match: { PK: "ORDER#{order_id}", SK: "USER#{user_id}" }
                mirror-of: orders
            """);

    assertThat(table.protect())
        .isEqualTo(Map.of("Email", Rule.HASH, "Phone", Rule.MASK, "Password", Rule.DROP));
    assertThat(table.protectKey()).contains(new KeyReference.Variable("AFTERBAY_HASH_KEY"));
    assertThat(table.entities())
        .containsExactly(
            new Entity(
                "orders",
                Map.of(
                    "PK", Template.parse("USER|{user_id}", '|'),
                    "SK", Template.parse("ORDER|{order_id:long}", '|')),
                Map.of(
                    "type",
                    List.of(
                        new Value.S("order"),
                        new Value.N("5"),
                        new Value.N("5.5"),
                        new Value.Bool(true),
                        new Value.S("5"),
                        new Value.S("2024-01-01")),
                    "v",
                    List.of(new Value.N("1"))),
                Map.of("GSI1PK", Template.parse("STATUS|{gsi_status}", '|')),
                Set.of("GSI1SK", "GSI2SK"),
                List.of(
                    column("Total", "decimal(12,2)"),
                    column("Address", "struct<city: string, zip: string>")),
                false,
                Optional.empty()),
            new Entity(
                "clients",
                Map.of("PK", Template.parse("CLIENT#{client_id}", '#')),
                Map.of(),
                Map.of(),
                Set.of("Note"),
                List.of(column("Name", "string"), column("Since", "date")),
                true,
                Optional.empty()),
            new Entity(
                "orders_by_id",
                Map.of(
                    "PK", Template.parse("ORDER#{order_id}", '#'),
                    "SK", Template.parse("USER#{user_id}", '#')),
                Map.of(),
                Map.of(),
                Set.of(),
                List.of(),
                true,
                Optional.of("orders")));
    assertThat(table.problemsWith(KEYS)).isEmpty();
  }

  @Test
  void aTableMayHaveNoEntities() throws IOException {
    for (String text : List.of("entities: []\n", "entities:\n", "")) {
      TableConfig table = table(text);

      assertThat(table).isEqualTo(new TableConfig(table.name()));
      assertThat(table.problemsWith(KEYS)).isEmpty();
    }
  }

  @Test
  void anEntityMayTakeAllItems() throws IOException {
    assertThat(table("entities: [ { name: users } ]\n").entities())
        .singleElement()
        .extracting(Entity::match)
        .isEqualTo(Map.of());
  }

  @Test
  void whatDoesNotSuitTheKeysOfTheTableIsToldWithItsPlace() throws IOException {
    TableConfig table =
        table(
            """
            protect: { SK: mask }
            entities:
              - name: orders
                match: { PK: "USER#{user_id}", GSI1PK: "ORDER#{order_id}" }
                capture: { id: "X#{x}" }
                omit: [SK]
            """);

    assertThat(
            table.problemsWith(
                List.of(
                    new KeyAttribute("PK", KeyType.B),
                    new KeyAttribute("SK", KeyType.N),
                    new KeyAttribute("id", KeyType.S))))
        .extracting(sentence -> sentence.replace(dir + "/", ""))
        .containsExactly(
            "afterbay.yaml:6:16: 'tables[0].protect.SK': 'SK' is a key attribute, and no item could"
                + " be told from another without it; take it from 'protect'",
            "afterbay.yaml:9:18: 'tables[0].entities[0].match.PK': 'PK' is binary, and templates"
                + " match strings and numbers; leave it out, and it is an ordinary column",
            "afterbay.yaml:9:40: 'tables[0].entities[0].match.GSI1PK': 'GSI1PK' is not a key"
                + " attribute; the table's key is PK, SK, id: write one of these, or put the"
                + " attribute under 'where' or 'capture'",
            "afterbay.yaml:10:20: 'tables[0].entities[0].capture.id': 'id' is a key attribute; put"
                + " its template under 'match', which decides on the entity",
            "afterbay.yaml:11:16: 'tables[0].entities[0].omit[0]': 'SK' is a key attribute, which"
                + " always stays in cdc_key; take it from 'omit'");
  }

  @Test
  void aKeyIsOnlyFetchedIfSomethingIsHashed() throws IOException {
    Secrets secrets =
        Secrets.ofEnvironment(
            Map.of("HASH_KEY", "0123456789abcdef"),
            other -> {
              throw new IllegalStateException("asked for " + other.text());
            });
    TableConfig hashed = table("protect: { Email: hash }\nprotect-key: env:HASH_KEY\n");
    TableConfig masked = table("protect: { Email: mask }\nprotect-key: env:ABSENT\n");

    assertThat(hashed.protection(secrets).rules()).isEqualTo(Map.of("Email", Rule.HASH));
    assertThat(masked.protection(secrets).rules()).isEqualTo(Map.of("Email", Rule.MASK));
    assertThat(hashed.toString()).doesNotContain("0123456789abcdef");
  }

  private static Column column(String name, String type) {
    return Column.of(name, ColumnType.parse(type));
  }

  private TableConfig table(String text) throws IOException {
    Files.writeString(
        dir.resolve("clients.avsc"),
        """
        {"type": "record", "name": "clients", "fields": [
          {"name": "Name", "type": ["null", "string"]},
          {"name": "Since", "type": {"type": "int", "logicalType": "date"}}]}
        """);
    String yaml =
        """
        application: shop
        region: us-east-1
        lake: s3://afterbay/lake
        tables:
          - name: Orders
        """
            + text.indent(4);
    Path file = Files.writeString(dir.resolve("afterbay.yaml"), yaml);
    return AfterbayConfig.read(file, Map.of()).tables().get(0);
  }
}
