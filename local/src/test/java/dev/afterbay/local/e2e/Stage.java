package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.afterbay.local.aws.LocalClients;
import dev.afterbay.local.aws.LocalEndpoints;
import dev.afterbay.local.workload.StreamCount;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** A local AWS for the tests of one class; each test has tables and a lake of its own in it. */
final class Stage implements AutoCloseable {
  private final Path dir;
  private final Cloud aws;
  private final LocalClients clients;
  private final AtomicInteger tables = new AtomicInteger();
  private final AtomicInteger lakes = new AtomicInteger();

  private Stage(Path dir, Cloud aws) {
    this.dir = dir;
    this.aws = aws;
    this.clients = new LocalClients(aws.endpoints());
  }

  static Stage open(Path dir) {
    return new Stage(dir, Cloud.start(dir));
  }

  Cloud aws() {
    return aws;
  }

  /** Gives the test up, and says so, if this cloud cannot do what it needs. */
  void needs(Cloud.Ability ability) {
    assumeThat(aws.abilities())
        .as("what the cloud of this build can do beyond DynamoDB, its streams and S3")
        .contains(ability);
  }

  /** Closes every open stream shard and opens a child of it. */
  void rollShards() {
    needs(Cloud.Ability.ROLLS_SHARDS);
    aws.rollShards();
  }

  LocalClients clients() {
    return clients;
  }

  Path dir() {
    return dir;
  }

  /** Reads the streams without any part of the service. */
  StreamCount.Records streamOf(TableName table) {
    return new StreamCount(clients.streams()).read(table);
  }

  /** A new table with the keys {@code PK} and {@code SK} and a stream of both images. */
  TableName table() {
    return table(
        StreamSpecification.builder()
            .streamEnabled(true)
            .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)
            .build());
  }

  TableName table(StreamSpecification stream) {
    String name = "Orders-" + tables.incrementAndGet();
    clients
        .tables()
        .createTable(
            r ->
                r.tableName(name)
                    .attributeDefinitions(text("PK"), text("SK"))
                    .keySchema(key("PK", KeyType.HASH), key("SK", KeyType.RANGE))
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .streamSpecification(stream));
    clients.tables().waiter().waitUntilTableExists(r -> r.tableName(name));
    return new TableName(name);
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  /** A new table like that which can be exported. */
  TableName recoverable() {
    needs(Cloud.Ability.EXPORTS);
    TableName table = table();
    switchRecoveryOn(clients, table);
    return table;
  }

  /** Lets a table be exported that another endpoint knows, before which DynamoDB stands. */
  void switchRecoveryOn(URI dynamodb, TableName table) {
    LocalEndpoints own = aws.endpoints();
    LocalEndpoints others =
        new LocalEndpoints(
            dynamodb,
            own.s3(),
            own.region(),
            own.accessKeyId(),
            own.secretAccessKey(),
            own.bucket(),
            own.bucketDir());
    try (LocalClients there = new LocalClients(others)) {
      switchRecoveryOn(there, table);
    }
  }

  private static void switchRecoveryOn(LocalClients clients, TableName table) {
    clients
        .tables()
        .updateContinuousBackups(
            r ->
                r.tableName(table.value())
                    .pointInTimeRecoverySpecification(s -> s.pointInTimeRecoveryEnabled(true)));
  }

  /** A new lake in which the tables are kept, committed once a second. */
  Setup setup(TableName... tables) {
    String name = "lake-" + lakes.incrementAndGet();
    return setup(name, "{ max-age: 1s }", aws.endpoints().dynamodb(), tables);
  }

  /** The same lake with another commit policy or another address of DynamoDB. */
  Setup setup(String lake, String commit, URI dynamodb, TableName... tables) {
    return new Setup(
        this,
        lake,
        List.of(tables),
        write(
            """
            application: %s
            region: %s
            endpoints:
              dynamodb: %s
              s3: %s
            lake: s3://%s/%s
            commit: %s
            tables:
            %s
            http: { port: 0 }
            """
                .formatted(
                    lake,
                    aws.endpoints().region(),
                    dynamodb,
                    aws.endpoints().s3(),
                    aws.endpoints().bucket(),
                    lake,
                    commit,
                    List.of(tables).stream()
                        .map(table -> "  - name: " + table)
                        .collect(Collectors.joining("\n")))));
  }

  /** Writes a configuration file. */
  Path write(String configuration) {
    try {
      Path file = Files.createTempFile(dir, "afterbay-", ".yaml");
      return Files.writeString(file, configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    clients.close();
    aws.close();
  }
}
