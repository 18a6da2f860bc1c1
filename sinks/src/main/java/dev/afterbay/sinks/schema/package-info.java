/**
 * The schema log: every version of every typed table's columns, of which the store lets exactly one
 * writer create each, so that all workers agree.
 */
@NullMarked
package dev.afterbay.sinks.schema;

import org.jspecify.annotations.NullMarked;
