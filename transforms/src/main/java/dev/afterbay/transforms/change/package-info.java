/**
 * The vocabulary of a change: which table, stream and shard it came from, where it stands there,
 * and what the item was before and after. Every other package speaks in these records.
 */
@NullMarked
package dev.afterbay.transforms.change;

import org.jspecify.annotations.NullMarked;
