/**
 * The run of records that one shard's worker holds between two commits: its files in the lake's
 * layout, and the policy that says when to cut it. Nothing leaves the machine before it is staged.
 */
@NullMarked
package dev.afterbay.sinks.segment;

import org.jspecify.annotations.NullMarked;
