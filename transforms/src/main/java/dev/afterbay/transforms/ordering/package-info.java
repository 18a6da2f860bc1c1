/**
 * The order of changes: which of two versions of an item is the later one, in Java and in SQL, and
 * how far a shard has been read.
 */
@NullMarked
package dev.afterbay.transforms.ordering;

import org.jspecify.annotations.NullMarked;
