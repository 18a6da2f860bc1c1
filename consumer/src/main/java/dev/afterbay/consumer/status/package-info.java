/** What the commit logs and the lease tables say about how far the lake is. */
@NullMarked
package dev.afterbay.consumer.status;

import org.jspecify.annotations.NullMarked;
