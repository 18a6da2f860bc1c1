/**
 * Audits: whether the lake tells of a moment what an export tells of it, key by key; and repairs,
 * which bring the lake to tell the same. What an audit found stands in the table {@code audits} and
 * in a summary; both, and the repair, are there once, whatever is killed and repeated.
 */
@NullMarked
package dev.afterbay.reconciliation.audit;

import org.jspecify.annotations.NullMarked;
