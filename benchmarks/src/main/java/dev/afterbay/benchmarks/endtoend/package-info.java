/**
 * The service as it runs, measured from outside: a scripted stream, local AWS and the worker, each
 * a process of its own.
 */
@NullMarked
package dev.afterbay.benchmarks.endtoend;

import org.jspecify.annotations.NullMarked;
