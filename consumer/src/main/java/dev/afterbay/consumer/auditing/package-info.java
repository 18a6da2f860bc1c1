/**
 * Audits of the configured tables: by a command, or by the worker that leads, beside the stream and
 * never in its way.
 */
@NullMarked
package dev.afterbay.consumer.auditing;

import org.jspecify.annotations.NullMarked;
