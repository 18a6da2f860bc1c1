/**
 * The watchdog of a running worker: it looks at what the process knows of itself and at the lease
 * tables, and has the process end when something has stood still for too long. It touches nothing.
 */
@NullMarked
package dev.afterbay.consumer.watch;

import org.jspecify.annotations.NullMarked;
