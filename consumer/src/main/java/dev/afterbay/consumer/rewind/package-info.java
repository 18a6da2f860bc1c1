/**
 * The configured tables taken back to an earlier point, so that workers read their streams again.
 */
@NullMarked
package dev.afterbay.consumer.rewind;

import org.jspecify.annotations.NullMarked;
