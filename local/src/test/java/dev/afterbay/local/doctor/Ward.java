package dev.afterbay.local.doctor;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.doctor.Doctor;
import dev.afterbay.consumer.doctor.Finding;
import dev.afterbay.consumer.doctor.Surroundings;
import dev.afterbay.local.athena.AthenaServer;
import dev.afterbay.local.aws.LocalAws;
import dev.afterbay.local.aws.LocalClients;
import dev.afterbay.local.glue.GlueServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * A local AWS with a gatekeeper before each service, and one good set-up at a time to be broken.
 */
final class Ward implements AutoCloseable {
  private static final long GIB = 1L << 30;
  private static final String INDEX = "LeaseOwnerToLeaseKeyIndex";

  final Gatekeeper dynamodb;
  final Gatekeeper s3;
  final Gatekeeper glue;
  final Gatekeeper athena;

  private final Path dir;
  private final LocalAws aws;
  private final LocalClients clients;
  private final GlueServer glueServer = GlueServer.start(0);
  private final AthenaServer athenaServer =
      AthenaServer.start(
          0,
          (database, sql) -> {
            throw new IllegalStateException("The doctor asks no questions");
          });
  private final Map<String, String> edits = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private int patients;
  private String table = "";
  private long heap = GIB;
  private Duration ahead = Duration.ZERO;

  Ward(Path dir) throws Exception {
    this.dir = dir;
    this.aws = LocalAws.start(dir, 0, 0);
    this.clients = new LocalClients(aws.endpoints());
    this.dynamodb = Gatekeeper.before(aws.endpoints().dynamodb());
    this.s3 = Gatekeeper.before(aws.endpoints().s3());
    this.glue = Gatekeeper.before(glueServer.endpoint());
    this.athena = Gatekeeper.before(athenaServer.endpoint());
  }

  /** A set-up in which nothing is wrong, with a table of its own. */
  void admit() {
    for (Gatekeeper gatekeeper : List.of(dynamodb, s3, glue, athena)) {
      gatekeeper.reset();
    }
    edits.clear();
    environment.clear();
    heap = GIB;
    ahead = Duration.ZERO;
    table = "Orders-" + ++patients;
    create(source(table).streamSpecification(s -> stream(s, StreamViewType.NEW_AND_OLD_IMAGES)));
    recoverable(table);
    create(leases());
    recoverable(leaseTable());
    settings();
  }

  /** What the endpoint for objects cannot be set to. */
  private void settings() {
    s3.answer(
        "GetBucketVersioning",
        200,
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
    publicAccess(true);
    lifecycle(
        "<AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation>"
            + "</AbortIncompleteMultipartUpload>");
    s3.answer(
        "GetBucketEncryption",
        200,
        "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
            + "<SSEAlgorithm>aws:kms</SSEAlgorithm>"
            + "<KMSMasterKeyID>arn:aws:kms:us-east-1:000000000000:key/abc</KMSMasterKeyID>"
            + "</ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>");
  }

  void publicAccess(boolean restricted) {
    s3.answer(
        "GetPublicAccessBlock",
        200,
        "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true"
            + "</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>"
            + restricted
            + "</RestrictPublicBuckets></PublicAccessBlockConfiguration>");
  }

  /** The bucket has one rule for everything. */
  void lifecycle(String action) {
    s3.answer(
        "GetBucketLifecycleConfiguration",
        200,
        "<LifecycleConfiguration><Rule><ID>tidy</ID><Filter><Prefix></Prefix></Filter>"
            + "<Status>Enabled</Status>"
            + action
            + "</Rule></LifecycleConfiguration>");
  }

  String table() {
    return table;
  }

  String leaseTable() {
    return "shop-" + table;
  }

  DynamoDbClient tables() {
    return clients.tables();
  }

  AthenaServer athenaServer() {
    return athenaServer;
  }

  Path bucket() {
    return aws.endpoints().bucketDir();
  }

  CreateTableRequest.Builder source(String name) {
    return CreateTableRequest.builder()
        .tableName(name)
        .attributeDefinitions(text("PK"))
        .keySchema(key("PK", KeyType.HASH))
        .billingMode(BillingMode.PAY_PER_REQUEST);
  }

  CreateTableRequest.Builder leases() {
    return CreateTableRequest.builder()
        .tableName(leaseTable())
        .attributeDefinitions(text("leaseKey"), text("leaseOwner"))
        .keySchema(key("leaseKey", KeyType.HASH))
        .globalSecondaryIndexes(
            GlobalSecondaryIndex.builder()
                .indexName(INDEX)
                .keySchema(key("leaseOwner", KeyType.HASH), key("leaseKey", KeyType.RANGE))
                .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY))
                .build())
        .deletionProtectionEnabled(true)
        .billingMode(BillingMode.PAY_PER_REQUEST);
  }

  /** Another table under a name that is taken. */
  void replace(String name, CreateTableRequest.Builder other) {
    tables().updateTable(r -> r.tableName(name).deletionProtectionEnabled(false));
    tables().deleteTable(r -> r.tableName(name));
    tables().waiter().waitUntilTableNotExists(r -> r.tableName(name));
    create(other);
    recoverable(name);
  }

  private void create(CreateTableRequest.Builder request) {
    CreateTableRequest built = request.build();
    tables().createTable(built);
    tables().waiter().waitUntilTableExists(r -> r.tableName(built.tableName()));
  }

  private void recoverable(String name) {
    tables()
        .updateContinuousBackups(
            r ->
                r.tableName(name)
                    .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
  }

  static void stream(StreamSpecification.Builder stream, StreamViewType view) {
    stream.streamEnabled(true).streamViewType(view);
  }

  /** Another text in the configuration. */
  void edit(String before, String after) {
    edits.put(before, after);
  }

  void variable(String name, String value) {
    environment.put(name, value);
  }

  void heap(long bytes) {
    heap = bytes;
  }

  /** The machine's clock is wrong. */
  void ahead(Duration duration) {
    ahead = duration;
  }

  Path configuration() throws Exception {
    String text =
        """
        application: shop
        region: us-east-1
        endpoints:
          dynamodb: %s
          s3: %s
          glue: %s
          athena: %s
        lake: s3://afterbay/%s
        catalog: { database: shop, workgroup: wg-%s, query-results: "s3://afterbay/results" }
        tables:
          - name: %s
        """
            .formatted(
                dynamodb.endpoint(),
                s3.endpoint(),
                glue.endpoint(),
                athena.endpoint(),
                table,
                table,
                table);
    for (Map.Entry<String, String> edit : edits.entrySet()) {
      text = text.replace(edit.getKey(), edit.getValue());
    }
    return Files.writeString(Files.createTempFile(dir, "doctor-", ".yaml"), text);
  }

  List<Finding> examine() throws Exception {
    return Doctor.examine(
        AfterbayConfig.read(configuration(), Map.of()),
        Clock.offset(Clock.systemUTC(), ahead),
        new Surroundings(environment, heap, 2 * GIB, 1));
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

  static URI nobody() {
    return URI.create("http://127.0.0.1:1");
  }

  @Override
  public void close() {
    for (Gatekeeper gatekeeper : List.of(dynamodb, s3, glue, athena)) {
      gatekeeper.close();
    }
    athenaServer.close();
    glueServer.close();
    clients.close();
    aws.close();
  }
}
