/**
 * The types of columns and the schemas that they make up: what a column can hold of an item's
 * attribute, exactly, and how the attribute comes back from it.
 */
@org.jspecify.annotations.NullMarked
package dev.afterbay.transforms.typed;
