/**
 * Work beside the stream that one process does for all: the one that leads the workers. It has
 * threads and connections of its own, and is never in the stream's way.
 */
@NullMarked
package dev.afterbay.consumer.leader;

import org.jspecify.annotations.NullMarked;
