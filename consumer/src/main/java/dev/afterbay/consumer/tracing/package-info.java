/**
 * Traces of commits for OpenTelemetry: how long the parts of a commit take. Only this package knows
 * it; unless the configuration asks for traces there is nothing of it but calls that do nothing.
 */
@NullMarked
package dev.afterbay.consumer.tracing;

import org.jspecify.annotations.NullMarked;
