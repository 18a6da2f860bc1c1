/**
 * Tables restored from the lake for the configured ones, by a command: what is refused beforehand,
 * and the restore itself.
 */
@NullMarked
package dev.afterbay.consumer.restoring;

import org.jspecify.annotations.NullMarked;
