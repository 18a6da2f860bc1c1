package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.afterbay.local.athena.AthenaServer;
import dev.afterbay.local.athena.SqlResult;
import dev.afterbay.local.aws.LocalEndpoints;
import dev.afterbay.local.awsjson.JsonServer;
import dev.afterbay.local.awsjson.StandInClients;
import dev.afterbay.local.deploy.Stack;
import dev.afterbay.local.deploy.Template;
import dev.afterbay.local.export.ExportSettings;
import dev.afterbay.local.glue.GlueServer;
import dev.afterbay.local.stream.StreamServer;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.glue.GlueClient;

/**
 * What {@code pipeline.yaml} makes, on the stand-ins of this machine: a lease table as it says, a
 * database, a secret, and the configuration of {@code deploy/config/afterbay.yaml}.
 */
final class Deployed implements AutoCloseable {
  static final String SECRET =
      "arn:aws:secretsmanager:us-east-1:000000000000:secret:protect-AbCdEf";
  static final String TABLE_KEY = "arn:aws:kms:us-east-1:000000000000:key/table";
  static final String LAKE_KEY = "arn:aws:kms:us-east-1:000000000000:key/lake";
  static final String DATABASE = "deployed";
  static final String RESULTS = "afterbay/athena-results";

  private static final String APPLICATION = "lake";
  private static final String WORKGROUP = "afterbay-lake";

  private final Stage stage;
  private final PastTable table;
  private final StreamServer streams;
  private final GlueServer glue;
  private final GlueClient catalog;
  private final AthenaServer athena;
  private final JsonServer secrets;
  private final Stack stack;

  Deployed(Path dir, PastTable table) {
    this.table = table;
    stage = Stage.open(dir);
    streams =
        StreamServer.startBefore(
            stage.aws().endpoints(),
            table.stream(),
            0,
            ExportSettings.ORDINARY.taking(Duration.ofMillis(1)));
    glue = GlueServer.start(0);
    catalog = StandInClients.client(GlueClient.builder(), glue.endpoint());
    catalog.createDatabase(r -> r.databaseInput(database -> database.name(DATABASE)));
    athena = AthenaServer.start(0, this::makeView);
    secrets =
        JsonServer.start(
            "secretsmanager",
            0,
            (operation, request) ->
                JsonNodeFactory.instance
                    .objectNode()
                    .put("SecretString", "thirty-two characters, and more of them"));
    Map<String, String> values = new HashMap<>();
    values.put("Application", APPLICATION);
    values.put("SourceTable", table.name().value());
    values.put("SourceTableKeyArn", TABLE_KEY);
    values.put("ProtectKeyArn", SECRET);
    values.put("Database", DATABASE);
    values.put("Workgroup", WORKGROUP);
    values.put("LakeBucket.Arn", "arn:aws:s3:::afterbay");
    values.put("LakeBucket", "afterbay");
    values.put("Key.Arn", LAKE_KEY);
    values.put(
        "LeaseTable.Arn",
        "arn:aws:dynamodb:us-east-1:000000000000:table/" + APPLICATION + "-" + table.name());
    stack = new Stack(Template.read("pipeline.yaml"), values);
    createLeaseTable();
    createItems();
  }

  Stack stack() {
    return stack;
  }

  /** The configuration of the image, of typed tables with a hashed attribute, on the stand-ins. */
  Setup setup() {
    LocalEndpoints aws = stage.aws().endpoints();
    String configuration =
        Template.text("config/afterbay.yaml")
            .replace("${AFTERBAY_APPLICATION}", APPLICATION)
            .replace("${AFTERBAY_BUCKET}", aws.bucket())
            .replace("${AFTERBAY_TABLE}", table.name().value())
            .replace("${AFTERBAY_DATABASE}", DATABASE)
            .replace("${AFTERBAY_WORKGROUP}", WORKGROUP)
            .replace("port: 8080", "port: 0");
    assertThat(configuration).doesNotContain("${");
    Path config =
        stage.write(
            configuration
                + """
                region: us-east-1
                commit: { max-age: 500ms }
                endpoints:
                  dynamodb: %s
                  s3: %s
                  glue: %s
                  athena: %s
                  secrets-manager: %s
                """
                    .formatted(
                        streams.endpoint(),
                        aws.s3(),
                        glue.endpoint(),
                        athena.endpoint(),
                        secrets.endpoint()));
    return new Setup(stage, APPLICATION, List.of(table.name()), config)
        .with(
            """
            protect: { Note: hash }
            protect-key: %s
            entities: [ { name: kept, match: { PK: "PK#{number}" } } ]
            """
                .formatted(SECRET));
  }

  TableName table() {
    return table.name();
  }

  void switchRecoveryOn() {
    stage.switchRecoveryOn(streams.endpoint(), table.name());
  }

  /** The scripted stream has no items behind it; who scans the table wants some. */
  private void createItems() {
    DynamoDbClient tables = stage.clients().tables();
    String name = table.name().value();
    tables.createTable(
        r ->
            r.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("PK"), text("SK"))
                .keySchema(key("PK", "HASH"), key("SK", "RANGE")));
    tables.waiter().waitUntilTableExists(r -> r.tableName(name));
    tables.putItem(
        r ->
            r.tableName(name)
                .item(Map.of("PK", AttributeValue.fromS("PK#1"), "SK", AttributeValue.fromS("1"))));
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder().attributeName(name).attributeType("S").build();
  }

  private static KeySchemaElement key(String name, String type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private void createLeaseTable() {
    JsonNode wanted = stack.properties("LeaseTable");
    List<AttributeDefinition> attributes = new ArrayList<>();
    for (JsonNode attribute : wanted.path("AttributeDefinitions")) {
      attributes.add(
          AttributeDefinition.builder()
              .attributeName(attribute.path("AttributeName").asText())
              .attributeType(attribute.path("AttributeType").asText())
              .build());
    }
    List<GlobalSecondaryIndex> indexes = new ArrayList<>();
    for (JsonNode index : wanted.path("GlobalSecondaryIndexes")) {
      indexes.add(
          GlobalSecondaryIndex.builder()
              .indexName(index.path("IndexName").asText())
              .keySchema(keys(index))
              .projection(p -> p.projectionType(index.at("/Projection/ProjectionType").asText()))
              .build());
    }
    DynamoDbClient tables = stage.clients().tables();
    String name = wanted.path("TableName").asText();
    tables.createTable(
        r ->
            r.tableName(name)
                .billingMode(wanted.path("BillingMode").asText())
                .attributeDefinitions(attributes)
                .keySchema(keys(wanted))
                .globalSecondaryIndexes(indexes));
    tables.waiter().waitUntilTableExists(r -> r.tableName(name));
  }

  private static List<KeySchemaElement> keys(JsonNode of) {
    List<KeySchemaElement> keys = new ArrayList<>();
    for (JsonNode key : of.path("KeySchema")) {
      keys.add(
          KeySchemaElement.builder()
              .attributeName(key.path("AttributeName").asText())
              .keyType(key.path("KeyType").asText())
              .build());
    }
    return keys;
  }

  /** What Athena does in the catalog when a view is made. */
  private SqlResult makeView(String database, String sql) {
    String name = sql.replaceAll("(?s)CREATE OR REPLACE VIEW \"?([a-z0-9_]+).*", "$1");
    boolean isThere =
        catalog.getTablesPaginator(r -> r.databaseName(database)).stream()
            .flatMap(page -> page.tableList().stream())
            .anyMatch(table -> table.name().equals(name));
    if (!isThere) {
      catalog.createTable(
          r -> r.databaseName(database).tableInput(t -> t.name(name).tableType("VIRTUAL_VIEW")));
    }
    return SqlResult.NOTHING;
  }

  @Override
  public void close() {
    secrets.close();
    athena.close();
    catalog.close();
    glue.close();
    streams.close();
    stage.close();
  }
}
