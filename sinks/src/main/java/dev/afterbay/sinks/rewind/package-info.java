/**
 * Logs taken back to an earlier position, so that the stream is read again from there: which shards
 * that touches, in which order, and when it must be refused. The protocol of one log is in {@code
 * commit}.
 */
@NullMarked
package dev.afterbay.sinks.rewind;

import org.jspecify.annotations.NullMarked;
