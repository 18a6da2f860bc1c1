package dev.afterbay.consumer.preflight;

import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.util.List;

/**
 * What DynamoDB says of a source table that is fit to be read.
 *
 * @param table the table
 * @param tableArn the table's ARN
 * @param stream the label of its newest stream
 * @param streamArn the ARN of its newest stream
 * @param keys the partition key, then the sort key if there is one
 */
public record TableFacts(
    TableName table,
    String tableArn,
    StreamLabel stream,
    String streamArn,
    List<KeyAttribute> keys) {
  /** Copies the keys. */
  public TableFacts {
    keys = List.copyOf(keys);
  }
}
