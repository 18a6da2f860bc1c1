/**
 * Keeps the catalog's tables and views as the lake has them, beside the reading and never in its
 * way: at the start of a worker, and whenever a typed table has grown.
 */
@NullMarked
package dev.afterbay.consumer.catalog;

import org.jspecify.annotations.NullMarked;
