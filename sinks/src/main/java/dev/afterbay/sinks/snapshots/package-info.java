/**
 * The snapshots of a lake that are complete: exports whose items are all visible, from which states
 * may start. A note says so, put once when nothing is left to do; another, put before anything is
 * done, says which export it is.
 */
@NullMarked
package dev.afterbay.sinks.snapshots;

import org.jspecify.annotations.NullMarked;
