/**
 * The generations of typed tables: which there are, what each is made by, and which of them is the
 * one to ask.
 */
@NullMarked
package dev.afterbay.sinks.generations;

import org.jspecify.annotations.NullMarked;
