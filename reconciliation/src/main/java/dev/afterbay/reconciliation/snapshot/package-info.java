/**
 * Exports on their way into the lake as snapshots, from which the state of a table can start. Each
 * data file has a commit log of its own, so that any number of processes may bring them in, die and
 * go on, and every item gets there once; a note says when all have.
 */
@NullMarked
package dev.afterbay.reconciliation.snapshot;

import org.jspecify.annotations.NullMarked;
