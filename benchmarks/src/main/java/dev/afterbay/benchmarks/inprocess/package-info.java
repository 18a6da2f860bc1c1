/**
 * The whole way of records in one thread, without a network: from answers' bytes to closed files.
 */
@NullMarked
package dev.afterbay.benchmarks.inprocess;

import org.jspecify.annotations.NullMarked;
