package dev.afterbay.sinks.segment;

import java.time.Instant;
import org.apache.avro.generic.GenericRecord;

/**
 * A row and the table that it goes to.
 *
 * @param table of the lake
 * @param row of that table's schema
 * @param time that its partition stands for
 */
public record LakeRow(LakeTable table, GenericRecord row, Instant time) {}
