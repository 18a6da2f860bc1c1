/**
 * What an item looked like: its attributes as values, their one canonical DynamoDB JSON text, and
 * the digest of that text. Two items are equal exactly when their canonical texts are.
 */
@NullMarked
package dev.afterbay.transforms.image;

import org.jspecify.annotations.NullMarked;
