package dev.afterbay.local.aws;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/** DynamoDB Local as it comes, with nothing repaired. */
public final class BareDynamoDb implements AutoCloseable {
  private final Engine engine;
  private final Front front;

  private BareDynamoDb(Engine engine, Front front) {
    this.engine = engine;
    this.front = front;
  }

  /** Starts it on a free port. */
  public static BareDynamoDb start() throws Exception {
    Engine engine = Engine.inMemory();
    return new BareDynamoDb(engine, Front.start(0, engine, engine, Map.of()));
  }

  /** Where clients find it. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + front.port());
  }

  /** Creates a table. */
  public void create(CreateTableRequest table) {
    try (DynamoDbClient client =
        DynamoDbClient.builder()
            .endpointOverride(endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .build()) {
      client.createTable(table);
    }
  }

  @Override
  public void close() {
    try {
      front.stop();
      engine.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
