/**
 * A table built anew from the lake, as it was at a moment. The state is worked out once, written
 * where it is lacking, and compared with what the new table then holds.
 */
@NullMarked
package dev.afterbay.reconciliation.restore;

import org.jspecify.annotations.NullMarked;
