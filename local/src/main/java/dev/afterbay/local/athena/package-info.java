/**
 * A stand-in for AWS Athena's API: queries are handed to an engine of the test's choice, which also
 * gives their results and tells what they read; prepared statements stay in memory.
 */
@NullMarked
package dev.afterbay.local.athena;

import org.jspecify.annotations.NullMarked;
