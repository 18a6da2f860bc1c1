/** What a lake costs in a month: a plain model of its calls and bytes, and a file of prices. */
@NullMarked
package dev.afterbay.consumer.cost;

import org.jspecify.annotations.NullMarked;
