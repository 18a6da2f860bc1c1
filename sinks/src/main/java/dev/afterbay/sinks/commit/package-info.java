/**
 * The commit log: one log for each shard, which decides what is in the lake. {@link
 * dev.afterbay.sinks.commit.CommitLog} opens a shard's log and recovers it; the protocol itself is
 * next door, without I/O. Start reading at {@link dev.afterbay.sinks.commit.protocol.Step}.
 */
@NullMarked
package dev.afterbay.sinks.commit;

import org.jspecify.annotations.NullMarked;
