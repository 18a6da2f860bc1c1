/**
 * Items erased from the lake, every version of them: which rows are of a key, files written anew
 * without them, and what is deleted beside.
 */
@NullMarked
package dev.afterbay.reconciliation.erase;

import org.jspecify.annotations.NullMarked;
