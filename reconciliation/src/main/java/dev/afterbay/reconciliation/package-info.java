/**
 * The table held against the lake: exports as the base of the lake, as its proof and as its cure.
 * Nothing of it exists yet; the module marks the place, above the sinks and below the worker.
 */
@NullMarked
package dev.afterbay.reconciliation;

import org.jspecify.annotations.NullMarked;
