/**
 * The commit protocol of one shard's log, pure: each {@link
 * dev.afterbay.sinks.commit.protocol.Step} is a state that asks for one thing of the store, and
 * what was observed leads to the next. No clock, no input or output, no logging; so every crash
 * point and every answer can be enumerated.
 */
@NullMarked
package dev.afterbay.sinks.commit.protocol;

import org.jspecify.annotations.NullMarked;
