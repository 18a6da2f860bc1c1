/**
 * The lake against its commit log: whether every committed file is there and nothing else is, and
 * whether the logs' chains are whole. It only reads, and may run beside writers.
 */
@NullMarked
package dev.afterbay.sinks.check;

import org.jspecify.annotations.NullMarked;
