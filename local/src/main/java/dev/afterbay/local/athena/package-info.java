/**
 * A stand-in for AWS Athena's API: queries are handed to an engine of the test's choice, prepared
 * statements stay in memory. It has no results to give: only statements that define something are
 * asked of it.
 */
@NullMarked
package dev.afterbay.local.athena;

import org.jspecify.annotations.NullMarked;
