package dev.afterbay.sinks.catalog;

/**
 * A query with one parameter.
 *
 * @param name by which it is executed
 * @param comment what it answers
 * @param parameter what the parameter is, as a name
 * @param sql with the one place {@code ?} for the parameter
 */
public record PreparedQuery(String name, String comment, String parameter, String sql) {}
