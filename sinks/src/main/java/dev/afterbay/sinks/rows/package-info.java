/**
 * What a change becomes in the lake: a row of the raw changes and one of the typed table of its
 * entity, or the same in a snapshot. Whoever brings changes into the lake makes its rows here: the
 * shards of the streams, quarantine, snapshots, repairs and healing.
 */
@NullMarked
package dev.afterbay.sinks.rows;

import org.jspecify.annotations.NullMarked;
