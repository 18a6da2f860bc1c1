package dev.afterbay.consumer.preflight;

import dev.afterbay.sinks.rows.TypedTables;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.util.List;

/**
 * A source table that is fit to be read: what DynamoDB says of it, and the key that it needs.
 *
 * @param table the table
 * @param tableArn the table's ARN
 * @param stream the label of its newest stream
 * @param streamArn the ARN of its newest stream
 * @param keys the partition key, then the sort key if there is one
 * @param protection what is left of its sensitive attributes, with the key if any is hashed
 */
public record TableFacts(
    TableName table,
    String tableArn,
    StreamLabel stream,
    String streamArn,
    List<KeyAttribute> keys,
    Protection protection) {
  /** Copies the keys. */
  public TableFacts {
    keys = List.copyOf(keys);
  }

  /** Its tables of the lake. */
  public TypedTables typedTables(List<Entity> entities, SchemaLog schemas) {
    return new TypedTables(table, new ChangesTable(keys), entities, protection, schemas);
  }
}
