package dev.afterbay.consumer.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.Secrets;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class PreflightTest {
  private static final String STREAM = "arn:aws:dynamodb:us-east-1:1:table/Orders/stream/2026";

  @TempDir Path dir;
  private Function<String, DescribeTableResponse> tables = name -> described(name, good -> {});
  private Function<String, DescribeStreamResponse> streams =
      arn -> DescribeStreamResponse.builder().build();
  private int bucketStatus = 200;

  @Test
  void theFactsOfSoundTablesComeInTheOrderOfTheConfiguration() throws IOException {
    assertThat(check("Orders", "Tasks")).containsExactly(facts("Orders"), facts("Tasks"));
  }

  @Test
  void anUpdatingTableIsSound() throws IOException {
    tables = name -> described(name, table -> table.tableStatus("UPDATING"));

    assertThat(check("Orders")).hasSize(1);
  }

  @Test
  void everyProblemOfEveryTableIsToldAtOnceWithItsMending() {
    tables =
        name ->
            switch (name) {
              case "Absent" -> throw ResourceNotFoundException.builder().statusCode(400).build();
              case "Streamless" ->
                  described(name, t -> t.streamSpecification((StreamSpecification) null));
              case "KeysOnly" ->
                  described(
                      name,
                      t ->
                          t.streamSpecification(
                              s -> s.streamEnabled(true).streamViewType("KEYS_ONLY")));
              case "Creating" -> described(name, t -> t.tableStatus("CREATING"));
              case "Denied" -> throw denied();
              case "Clash" ->
                  described(
                      name,
                      t ->
                          t.keySchema(key("CDC_OP", "HASH"))
                              .attributeDefinitions(definition("CDC_OP", "S")));
              default -> described(name, t -> t.latestStreamArn(name));
            };
    streams =
        arn -> {
          if ("Unreadable".equals(arn)) {
            throw denied();
          }
          throw ResourceNotFoundException.builder().statusCode(400).build();
        };
    bucketStatus = 404;

    assertThatThrownBy(
            () ->
                check(
                    "Absent",
                    "Streamless",
                    "KeysOnly",
                    "Creating",
                    "Denied",
                    "Clash",
                    "Unreadable",
                    "Vanished"))
        .isInstanceOf(Failure.class)
        .hasMessage(
            """
            Table 'Absent' does not exist in us-east-1; correct 'tables' or 'region'
            Table 'Streamless' has no stream; enable it: aws dynamodb update-table --region\
             us-east-1 --table-name Streamless --stream-specification\
             StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES
            The stream of table 'KeysOnly' has view type KEYS_ONLY, which loses images; it takes a\
             new stream (other readers of the old one must move too): aws dynamodb update-table\
             --region us-east-1 --table-name KeysOnly --stream-specification StreamEnabled=false\
             && aws dynamodb update-table --region us-east-1 --table-name KeysOnly\
             --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES
            Table 'Creating' is CREATING, not ACTIVE; wait until it is
            Access denied: table 'Denied' needs the IAM action dynamodb:DescribeTable on the table
            Table 'Clash': The key attribute 'CDC_OP' cannot be a column of its own: but for upper\
             and lower case, another key or a column of the lake has the same name. Take the table\
             out of 'tables', or copy its data to a table whose keys have other names
            Access denied: table 'Unreadable' needs the IAM action dynamodb:DescribeStream on its\
             stream (Unreadable)
            The stream of table 'Vanished' is gone (Vanished); was it disabled just now?
            The lake's bucket 'afterbay' does not exist; create it: aws s3 mb s3://afterbay\
             --region us-east-1""");
  }

  @Test
  void aBucketThatMayNotBeListedOrIsElsewhereIsTold() {
    bucketStatus = 403;
    assertThatThrownBy(() -> check("Orders"))
        .hasMessage(
            "Access denied: the lake's bucket 'afterbay' may not be listed; allow the IAM action"
                + " s3:ListBucket on arn:aws:s3:::afterbay");
    bucketStatus = 301;
    assertThatThrownBy(() -> check("Orders"))
        .hasMessage(
            "The lake's bucket 'afterbay' is in another region than us-east-1; set 'region' to the"
                + " region of bucket and tables");
  }

  private List<TableFacts> check(String... names) throws IOException {
    return read(
        "{application: shop, region: us-east-1, lake: 's3://afterbay/lake', tables: [ {name: "
            + String.join("}, {name: ", names)
            + "} ]}");
  }

  private List<TableFacts> read(String configuration) throws IOException {
    Path file = Files.writeString(dir.resolve("afterbay.yaml"), configuration);
    Secrets secrets =
        reference -> {
          throw new Failure("No key " + reference.text());
        };
    return new Preflight(
            AfterbayConfig.read(file, Map.of()), dynamoDb(), dynamoDbStreams(), s3(), secrets)
        .check();
  }

  private static TableFacts facts(String table) {
    return new TableFacts(
        new TableName(table),
        "arn:aws:dynamodb:us-east-1:1:table/" + table,
        new StreamLabel("2026-11-21T05:11:00.123"),
        STREAM,
        List.of(new KeyAttribute("PK", KeyType.S), new KeyAttribute("SK", KeyType.N)),
        Protection.NONE);
  }

  private static DescribeTableResponse described(
      String name, Consumer<TableDescription.Builder> change) {
    TableDescription.Builder table =
        TableDescription.builder()
            .tableName(name)
            .tableArn("arn:aws:dynamodb:us-east-1:1:table/" + name)
            .tableStatus("ACTIVE")
            .keySchema(key("PK", "HASH"), key("SK", "RANGE"))
            .attributeDefinitions(
                definition("SK", "N"), definition("PK", "S"), definition("GSI1PK", "B"))
            .latestStreamArn(STREAM)
            .latestStreamLabel("2026-11-21T05:11:00.123")
            .streamSpecification(s -> s.streamEnabled(true).streamViewType("NEW_AND_OLD_IMAGES"));
    change.accept(table);
    return DescribeTableResponse.builder().table(table.build()).build();
  }

  private static KeySchemaElement key(String name, String role) {
    return KeySchemaElement.builder().attributeName(name).keyType(role).build();
  }

  private static AttributeDefinition definition(String name, String type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private static DynamoDbException denied() {
    return (DynamoDbException)
        DynamoDbException.builder()
            .statusCode(400)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode("AccessDeniedException").build())
            .build();
  }

  private DynamoDbClient dynamoDb() {
    return new DynamoDbClient() {
      @Override
      public DescribeTableResponse describeTable(DescribeTableRequest request) {
        return tables.apply(request.tableName());
      }

      @Override
      public String serviceName() {
        return "dynamodb";
      }

      @Override
      public void close() {}
    };
  }

  private DynamoDbStreamsClient dynamoDbStreams() {
    return new DynamoDbStreamsClient() {
      @Override
      public DescribeStreamResponse describeStream(DescribeStreamRequest request) {
        return streams.apply(request.streamArn());
      }

      @Override
      public String serviceName() {
        return "dynamodb";
      }

      @Override
      public void close() {}
    };
  }

  private S3Client s3() {
    return new S3Client() {
      @Override
      public HeadBucketResponse headBucket(HeadBucketRequest request) {
        if (bucketStatus != 200) {
          throw (S3Exception) S3Exception.builder().statusCode(bucketStatus).build();
        }
        return HeadBucketResponse.builder().build();
      }

      @Override
      public String serviceName() {
        return "s3";
      }

      @Override
      public void close() {}
    };
  }
}
