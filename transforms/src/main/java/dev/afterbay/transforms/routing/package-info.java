/**
 * Which entity of a single-table design an item belongs to, by templates of its key and by
 * attributes, and what the templates capture.
 */
@org.jspecify.annotations.NullMarked
package dev.afterbay.transforms.routing;
