/**
 * Generations of typed tables made of the raw changes and snapshots that are in the lake, each row
 * once, beside the workers that write the same generation.
 */
@NullMarked
package dev.afterbay.sinks.derive;

import org.jspecify.annotations.NullMarked;
