package dev.afterbay.local.stream;

/**
 * A record as a shard holds it.
 *
 * @param size the record's {@code SizeBytes}, which counts against the page
 * @param json what a GetRecords answer says of it
 */
record StoredRecord(String sequenceNumber, int size, byte[] json) {}
