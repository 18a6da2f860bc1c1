package dev.afterbay.consumer.preflight;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.Secrets;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Asks DynamoDB about a table and its stream. */
public final class TableProbe {
  private static final String VIEW = StreamViewType.NEW_AND_OLD_IMAGES.toString();

  private final AfterbayConfig config;
  private final TableKeys keys;
  private final DynamoDbStreamsClient streams;
  private final Secrets secrets;

  /** Asks through these clients; the configuration is for the commands in the sentences. */
  public TableProbe(
      AfterbayConfig config,
      DynamoDbClient dynamoDb,
      DynamoDbStreamsClient streams,
      Secrets secrets) {
    this.config = config;
    this.keys = new TableKeys(config.region(), dynamoDb);
    this.streams = streams;
    this.secrets = secrets;
  }

  /** The facts of a table that can be read; a {@link Failure} with the way out for any other. */
  TableFacts facts(TableConfig config) {
    TableName table = config.name();
    TableDescription description = describe(table);
    checkStream(table, description);
    List<KeyAttribute> attributes = keys(config, description);
    String streamArn = description.latestStreamArn();
    describeStream(table, streamArn);
    return new TableFacts(
        table,
        description.tableArn(),
        new StreamLabel(description.latestStreamLabel()),
        streamArn,
        attributes,
        config.protection(secrets));
  }

  /**
   * What DynamoDB says of a table.
   *
   * @throws Failure if there is no such table, or if it is not ready
   */
  public TableDescription describe(TableName table) {
    TableDescription description = keys.describe(table);
    checkStatus(table, description);
    return description;
  }

  /**
   * The keys of a table, which what is configured for it suits.
   *
   * @throws Failure with everything in the configuration that does not suit them
   */
  public List<KeyAttribute> keys(TableConfig config, TableDescription description) {
    return TableKeys.suiting(config, TableKeys.of(config.name(), description));
  }

  private static void checkStatus(TableName table, TableDescription description) {
    TableStatus status = description.tableStatus();
    // An UPDATING table, such as one that gains an index, is read and written as ever.
    if (status != TableStatus.ACTIVE && status != TableStatus.UPDATING) {
      throw new Failure(
          "Table '"
              + table
              + "' is "
              + description.tableStatusAsString()
              + ", not ACTIVE; wait until it is");
    }
  }

  /**
   * Looks whether a table has a stream of both images.
   *
   * @throws Failure with the command that gives it one
   */
  public void checkStream(TableName table, TableDescription description) {
    StreamSpecification stream = description.streamSpecification();
    if (stream == null || !Boolean.TRUE.equals(stream.streamEnabled())) {
      throw new Failure(
          "Table '"
              + table
              + "' has no stream; enable it: "
              + updateTable(table, "StreamEnabled=true,StreamViewType=" + VIEW));
    }
    if (!VIEW.equals(stream.streamViewTypeAsString())) {
      throw new Failure(
          "The stream of table '"
              + table
              + "' has view type "
              + stream.streamViewTypeAsString()
              + ", which loses images; it takes a new stream (other readers of the old one must"
              + " move too): "
              + updateTable(table, "StreamEnabled=false")
              + " && "
              + updateTable(table, "StreamEnabled=true,StreamViewType=" + VIEW));
    }
  }

  private String updateTable(TableName table, String specification) {
    return "aws dynamodb update-table --region "
        + config.region()
        + " --table-name "
        + table
        + " --stream-specification "
        + specification
        + config.endpoints().dynamodb().map(uri -> " --endpoint-url " + uri).orElse("");
  }

  private void describeStream(TableName table, String streamArn) {
    try {
      streams.describeStream(request -> request.streamArn(streamArn).limit(1));
    } catch (ResourceNotFoundException e) {
      throw new Failure(
          "The stream of table '"
              + table
              + "' is gone ("
              + streamArn
              + "); was it disabled just"
              + " now?",
          e);
    } catch (DynamoDbException e) {
      throw TableKeys.refused(
          table, "dynamodb:DescribeStream", "its stream (" + streamArn + ")", e);
    }
  }
}
