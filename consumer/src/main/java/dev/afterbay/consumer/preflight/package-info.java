/**
 * What must be true of the tables and the bucket before the first side effect. All that is wrong is
 * told at once, each with the command that mends it.
 */
@NullMarked
package dev.afterbay.consumer.preflight;

import org.jspecify.annotations.NullMarked;
