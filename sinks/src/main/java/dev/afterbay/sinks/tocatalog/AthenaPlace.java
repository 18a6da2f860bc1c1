package dev.afterbay.sinks.tocatalog;

import java.util.Optional;

/**
 * Where Athena makes the views and keeps the prepared queries of a lake.
 *
 * @param database of the views, and of the tables that they read
 * @param workgroup that runs the statements and keeps the prepared queries
 * @param results where Athena leaves a statement's result, as {@code s3://bucket/prefix/}; empty if
 *     the workgroup has a place for it
 * @param lake as {@code s3://bucket/prefix}, which marks the prepared queries as ours
 */
public record AthenaPlace(
    String database, String workgroup, Optional<String> results, String lake) {}
