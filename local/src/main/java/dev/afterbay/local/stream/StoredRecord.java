package dev.afterbay.local.stream;

import java.time.Instant;

/**
 * A record as a shard holds it.
 *
 * @param at when it came
 * @param size the record's {@code SizeBytes}, which counts against the page
 * @param json what a GetRecords answer says of it
 */
record StoredRecord(Instant at, String sequenceNumber, int size, byte[] json) {}
