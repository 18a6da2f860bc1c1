/**
 * Healing for the configured tables: by a command, or by the worker that leads, beside the stream
 * and never in its way.
 */
@NullMarked
package dev.afterbay.consumer.healing;

import org.jspecify.annotations.NullMarked;
