/**
 * Change events as Avro rows of the raw {@code changes} table, and the way back. A row holds
 * everything that is needed to rebuild the item. What cannot become such a row goes raw to the
 * {@code quarantine} table.
 */
@NullMarked
package dev.afterbay.transforms.toavro;

import org.jspecify.annotations.NullMarked;
