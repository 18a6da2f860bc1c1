/**
 * A faulty object store for tests of whatever writes to one: {@link
 * dev.afterbay.sinks.faults.FaultyStore} counts the calls, {@link dev.afterbay.sinks.faults.Fault}
 * names what goes wrong at which of them. Nothing here is left to chance or to a clock.
 */
@NullMarked
package dev.afterbay.sinks.faults;

import org.jspecify.annotations.NullMarked;
