package dev.afterbay.consumer.status;

import dev.afterbay.transforms.change.TableName;

/**
 * The newest schema of a typed table.
 *
 * @param table the source table
 * @param entity the typed table
 * @param version 1 at first
 * @param columns in it
 */
public record SchemaVersion(TableName table, String entity, int version, int columns) {}
