/**
 * The way of a shard's records into the lake: decode, drop what is already there, collect into a
 * segment, commit. Knows the commit log, not KCL.
 */
@NullMarked
package dev.afterbay.consumer.pipeline;

import org.jspecify.annotations.NullMarked;
