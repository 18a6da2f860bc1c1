/**
 * What a tortured lake must answer for: an account of what was written, held against the files as a
 * stranger finds them. Nothing of the service is used to read them.
 */
@NullMarked
package dev.afterbay.local.torture.verdict;

import org.jspecify.annotations.NullMarked;
