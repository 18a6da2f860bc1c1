/** Items erased from the lake of a configured table, by a command. */
@NullMarked
package dev.afterbay.consumer.erasing;

import org.jspecify.annotations.NullMarked;
