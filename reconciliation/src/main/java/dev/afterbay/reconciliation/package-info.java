/**
 * The table held against the lake: exports as the base of the lake, as its proof and as its cure.
 * Everything lives in the packages below; so far that is the way in which exports are had and read.
 */
@NullMarked
package dev.afterbay.reconciliation;

import org.jspecify.annotations.NullMarked;
