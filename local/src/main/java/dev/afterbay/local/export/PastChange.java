package dev.afterbay.local.export;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A change of an item, in DynamoDB's JSON.
 *
 * @param micros when it was written, in microseconds since 1970
 * @param keys the key attributes of the table, and no others
 * @param newImage null where the item was removed
 * @param oldImage null where there was no item
 */
public record PastChange(
    long micros, JsonNode keys, @Nullable JsonNode newImage, @Nullable JsonNode oldImage) {}
