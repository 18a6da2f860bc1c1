/**
 * Missing and damaged files of the configured tables made once more, from what is left elsewhere.
 */
@NullMarked
package dev.afterbay.consumer.mending;

import org.jspecify.annotations.NullMarked;
