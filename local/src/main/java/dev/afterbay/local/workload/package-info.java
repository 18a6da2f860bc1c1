/**
 * What the demo and the end-to-end tests do to a table: scenarios written as data and replayed
 * through the ordinary SDK client, a generated load, and a count of the streams that does not
 * depend on the worker.
 */
@NullMarked
package dev.afterbay.local.workload;

import org.jspecify.annotations.NullMarked;
