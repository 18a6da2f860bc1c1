package dev.afterbay.consumer.aws;

import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.fromstream.StreamRecordDecoder;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items of a source table, read by a scan. */
public final class TableItems {
  /** Small pages, so that a limit costs no more than it must. */
  private static final int PAGE = 1_000;

  private final DynamoDbClient dynamoDb;

  /** The items of tables that a client can scan. */
  public TableItems(DynamoDbClient dynamoDb) {
    this.dynamoDb = dynamoDb;
  }

  /**
   * Whether a table has an item.
   *
   * @param key its key as DynamoDB JSON
   * @throws Failure if the table cannot be asked
   */
  public boolean has(TableName table, String key) {
    Map<String, AttributeValue> wanted = AttributeValues.of(Image.parse(key).item());
    try {
      return dynamoDb
          .getItem(r -> r.tableName(table.value()).key(wanted).consistentRead(true))
          .hasItem();
    } catch (SdkException e) {
      throw new Failure(
          "Table '" + table + "' cannot be asked (dynamodb:GetItem): " + Sentences.of(e), e);
    }
  }

  /**
   * Gives out the items in the order of the scan.
   *
   * @param limit at most so many
   * @return how many there were
   * @throws Failure if the table cannot be scanned
   */
  public long each(TableName table, long limit, Consumer<Item> items) {
    try {
      Iterator<Map<String, AttributeValue>> scanned =
          dynamoDb
              .scanPaginator(r -> r.tableName(table.value()).limit((int) Math.min(PAGE, limit)))
              .items()
              .iterator();
      long count = 0;
      while (count < limit && scanned.hasNext()) {
        items.accept(StreamRecordDecoder.item(scanned.next()));
        count++;
      }
      return count;
    } catch (SdkException e) {
      throw new Failure(
          "Table '" + table + "' cannot be scanned (dynamodb:Scan): " + Sentences.of(e), e);
    }
  }
}
