package dev.afterbay.reconciliation.export;

import dev.afterbay.transforms.image.Item;
import java.time.Instant;
import java.util.Optional;

/**
 * What became of one item within the window of an incremental export, however often it was written.
 *
 * @param writtenAt the last write, to the microsecond
 * @param keys the key attributes
 * @param newImage the item at the window's end; empty if it was deleted
 * @param oldImage the item before the window; empty if there was none
 */
public record NetChange(
    Instant writtenAt, Item keys, Optional<Item> newImage, Optional<Item> oldImage) {}
