package dev.afterbay.sinks.segment;

import org.apache.avro.generic.GenericRecord;

/**
 * A row and the table that it goes to.
 *
 * @param table of the lake
 * @param row of that table's schema
 */
public record LakeRow(LakeTable table, GenericRecord row) {}
