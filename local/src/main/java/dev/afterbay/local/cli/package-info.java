/**
 * The commands that exist only on a developer's machine: {@code local}, {@code demo} and {@code
 * torture}. They parse arguments, print the answer and choose the exit code; the work is done
 * elsewhere.
 */
@NullMarked
package dev.afterbay.local.cli;

import org.jspecify.annotations.NullMarked;
