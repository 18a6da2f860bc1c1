/** What audits and snapshots cost, run by {@code benchmarks/measure}; no tests. */
@NullMarked
package dev.afterbay.reconciliation.measured;

import org.jspecify.annotations.NullMarked;
