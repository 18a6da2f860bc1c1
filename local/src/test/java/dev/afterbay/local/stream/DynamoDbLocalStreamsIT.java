package dev.afterbay.local.stream;

import dev.afterbay.local.aws.LocalAws;
import dev.afterbay.local.aws.LocalClients;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

class DynamoDbLocalStreamsIT extends StreamsContract {
  private static final AtomicInteger TABLES = new AtomicInteger();

  @TempDir static Path dir;

  private static LocalAws aws;
  private static LocalClients clients;

  @BeforeAll
  static void start() {
    aws = LocalAws.start(dir, 0, 0);
    clients = new LocalClients(aws.endpoints());
  }

  @AfterAll
  static void stop() {
    clients.close();
    aws.close();
  }

  @Override
  Table table() {
    String name = "Contract-" + TABLES.incrementAndGet();
    TableDescription description =
        clients
            .tables()
            .createTable(
                r ->
                    r.tableName(name)
                        .attributeDefinitions(
                            AttributeDefinition.builder()
                                .attributeName("PK")
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(
                            KeySchemaElement.builder()
                                .attributeName("PK")
                                .keyType(KeyType.HASH)
                                .build())
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .streamSpecification(
                            s ->
                                s.streamEnabled(true)
                                    .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)))
            .tableDescription();
    return new LocalTable(name, new Reading(clients.streams(), description.latestStreamArn()));
  }

  private record LocalTable(String name, Reading stream) implements Table {
    @Override
    public void put(String key, String value) {
      clients.tables().putItem(r -> r.tableName(name).item(item(key, value)));
    }

    @Override
    public void delete(String key) {
      clients
          .tables()
          .deleteItem(r -> r.tableName(name).key(Map.of("PK", AttributeValue.fromS(key))));
    }

    @Override
    public void roll() {
      aws.rollShards();
    }
  }
}
