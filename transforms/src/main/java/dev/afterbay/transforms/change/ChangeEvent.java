package dev.afterbay.transforms.change;

import dev.afterbay.transforms.image.Image;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of one item, as the stream tells it.
 *
 * @param operation what happened
 * @param approximateCreation when it happened; DynamoDB gives it to the second, and along a shard
 *     it may step back
 * @param sequenceNumber where the change stands in its shard
 * @param eventId the stream's own identifier of the record
 * @param removedByTtl whether it is a removal that DynamoDB did itself, because the item expired
 * @param keys the key attributes, and nothing else
 * @param newImage the item after the change; null if it was removed
 * @param oldImage the item before the change; null if there was none
 */
public record ChangeEvent(
    Operation operation,
    Instant approximateCreation,
    SequenceNumber sequenceNumber,
    String eventId,
    boolean removedByTtl,
    Image keys,
    @Nullable Image newImage,
    @Nullable Image oldImage) {}
