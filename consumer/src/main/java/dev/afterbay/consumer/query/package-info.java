/**
 * SQL over the lake on this machine: the lake's visible files are mirrored into a local cache, and
 * an in-memory DuckDB that can do nothing but read shows them under their Athena names.
 */
@NullMarked
package dev.afterbay.consumer.query;

import org.jspecify.annotations.NullMarked;
