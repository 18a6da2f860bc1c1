/**
 * The records that could not become changes: what is in quarantine and why, and the way out of it
 * for those that can be decoded today, exactly once and through a commit log of its own.
 */
@NullMarked
package dev.afterbay.consumer.quarantine;

import org.jspecify.annotations.NullMarked;
