/**
 * The {@code afterbay} command: one class for each subcommand, results on stdout, everything else
 * on stderr. An exception never is the answer: it becomes a sentence and an exit code here.
 */
@NullMarked
package dev.afterbay.consumer.cli;

import org.jspecify.annotations.NullMarked;
