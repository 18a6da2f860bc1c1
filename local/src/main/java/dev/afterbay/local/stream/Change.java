package dev.afterbay.local.stream;

import dev.afterbay.transforms.change.Operation;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a stream record tells, apart from its place in the stream. Nothing is checked, so that a
 * script can also tell what DynamoDB never would.
 *
 * @param at approximately when; the record tells it to the second
 */
public record Change(
    Operation operation,
    Instant at,
    Map<String, AttributeValue> keys,
    @Nullable Map<String, AttributeValue> newImage,
    @Nullable Map<String, AttributeValue> oldImage,
    Cause cause) {

  /** Who changed the item. */
  public enum Cause {
    /** A client of the table. */
    CLIENT,
    /** Time to live. */
    TTL
  }
}
