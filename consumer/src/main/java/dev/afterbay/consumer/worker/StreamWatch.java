package dev.afterbay.consumer.worker;

import dev.afterbay.transforms.change.TableName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * Notices that a table has another stream than the one that is read: the old one would be read to
 * its end and then for ever, without a word.
 */
final class StreamWatch {
  private static final Logger LOG = LoggerFactory.getLogger(StreamWatch.class);

  private final DynamoDbClient dynamoDb;
  private final TableName table;
  private final String streamArn;
  private final Halt halt;

  StreamWatch(DynamoDbClient dynamoDb, TableName table, String streamArn, Halt halt) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.streamArn = streamArn;
    this.halt = halt;
  }

  /** Looks once, and stops the process if the stream is another one. */
  void look() {
    try {
      TableDescription now =
          dynamoDb.describeTable(request -> request.tableName(table.value())).table();
      if (now.latestStreamArn() != null && !now.latestStreamArn().equals(streamArn)) {
        stop("has the new stream " + now.latestStreamArn());
      }
    } catch (ResourceNotFoundException e) {
      stop("does not exist any more");
    } catch (SdkException e) {
      LOG.debug("Table {} cannot be described now", table, e);
    }
  }

  private void stop(String what) {
    halt.because(
        "Table "
            + table
            + " "
            + what
            + ". The next start records what was lost in between and reads on from there",
        new IllegalStateException("the stream " + streamArn + " is not the table's stream"));
  }
}
