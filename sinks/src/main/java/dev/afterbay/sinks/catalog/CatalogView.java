package dev.afterbay.sinks.catalog;

/**
 * A view over tables of the lake.
 *
 * @param name in the catalog, lower case
 * @param comment what a row is
 * @param select its query, in the SQL that Athena, Trino and DuckDB share
 */
public record CatalogView(String name, String comment, String select) {}
