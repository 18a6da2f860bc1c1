/**
 * The whole system under deliberate violence: real worker processes that are killed, paused and
 * robbed of their leases, on a stream and a store that fail, by a script that a seed decides. At
 * the end the lake is counted against what was written, without the service's help.
 */
@NullMarked
package dev.afterbay.local.torture;

import org.jspecify.annotations.NullMarked;
