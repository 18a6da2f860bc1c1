package dev.afterbay.local.stream;

import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of a scripted table, so that each change of a key follows from the one before. A write
 * that changes nothing is no change, as in DynamoDB.
 */
public final class ScriptedItems {
  private final ScriptedTable table;
  private final InstantSource clock;
  private final Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items =
      new HashMap<>();

  /** No items yet; the clock tells when a change happened. */
  public ScriptedItems(ScriptedTable table, InstantSource clock) {
    this.table = table;
    this.clock = clock;
  }

  /** Puts an item in the place of what was under its keys. */
  public synchronized Optional<Change> put(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> after = Collections.unmodifiableMap(new LinkedHashMap<>(item));
    Map<String, AttributeValue> before = items.put(table.keysOf(item), after);
    return after.equals(before)
        ? Optional.empty()
        : Optional.of(table.change(clock.instant(), before, after, Change.Cause.CLIENT));
  }

  /** Deletes the item under these keys. */
  public Optional<Change> delete(Map<String, AttributeValue> keys) {
    return remove(keys, Change.Cause.CLIENT);
  }

  /** Deletes the item under these keys as time to live does. */
  public Optional<Change> expire(Map<String, AttributeValue> keys) {
    return remove(keys, Change.Cause.TTL);
  }

  private synchronized Optional<Change> remove(
      Map<String, AttributeValue> keys, Change.Cause cause) {
    return Optional.ofNullable(items.remove(table.keysOf(keys)))
        .map(before -> table.change(clock.instant(), before, null, cause));
  }
}
