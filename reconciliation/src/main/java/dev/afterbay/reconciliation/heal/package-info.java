/**
 * The cure of gaps: incremental exports tell what became of the items that were changed in one, and
 * rows of origin HEAL say so in the lake. Start reading at {@link
 * dev.afterbay.reconciliation.heal.Healing}; which row an item needs is decided in {@code Judge}.
 */
@NullMarked
package dev.afterbay.reconciliation.heal;

import org.jspecify.annotations.NullMarked;
