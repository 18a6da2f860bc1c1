package dev.afterbay.local.stream;

import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table whose stream is scripted; it exists only as this description.
 *
 * @param keys the partition key, then the sort key if there is one
 */
public record ScriptedTable(TableName name, List<KeyAttribute> keys) {
  private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/";

  /** Checks that there are one or two keys. */
  public ScriptedTable {
    keys = List.copyOf(keys);
    if (keys.isEmpty() || keys.size() > 2) {
      throw new IllegalArgumentException("A table has one or two keys, not " + keys.size());
    }
  }

  /** A table with the string keys {@code PK} and {@code SK}. */
  public static ScriptedTable named(String name) {
    return new ScriptedTable(
        new TableName(name),
        List.of(new KeyAttribute("PK", KeyType.S), new KeyAttribute("SK", KeyType.S)));
  }

  /** The table's ARN. */
  public String arn() {
    return ARN + name;
  }

  /** The key attributes of an item. */
  public Map<String, AttributeValue> keysOf(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> of = new LinkedHashMap<>();
    for (KeyAttribute key : keys) {
      AttributeValue value = item.get(key.name());
      if (value == null) {
        throw new IllegalArgumentException(
            "An item of table %s has the key %s; this one has only %s"
                .formatted(name, key.name(), item.keySet()));
      }
      of.put(key.name(), value);
    }
    return of;
  }

  /** The change that makes one image of an item another; null where there is no item. */
  Change change(
      Instant at,
      @Nullable Map<String, AttributeValue> before,
      @Nullable Map<String, AttributeValue> after,
      Change.Cause cause) {
    if (after != null) {
      Operation operation = before == null ? Operation.INSERT : Operation.MODIFY;
      return new Change(operation, at, keysOf(after), after, before, cause);
    }
    if (before == null) {
      throw new IllegalArgumentException("A change needs an item before or after it");
    }
    return new Change(Operation.REMOVE, at, keysOf(before), null, before, cause);
  }
}
