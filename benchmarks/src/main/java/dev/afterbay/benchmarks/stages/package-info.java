/** What each stage of a record's way costs alone, by JMH. */
@NullMarked
package dev.afterbay.benchmarks.stages;

import org.jspecify.annotations.NullMarked;
