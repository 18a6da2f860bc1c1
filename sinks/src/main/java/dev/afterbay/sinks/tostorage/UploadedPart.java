package dev.afterbay.sinks.tostorage;

/**
 * One part of a multipart upload, as the store acknowledged it.
 *
 * @param number 1 for the first part
 * @param etag the store's own tag of the part, quotes included if it gives them
 * @param crc32 the CRC-32 of the part's bytes, big-endian, in base64
 * @param size in bytes
 */
public record UploadedPart(int number, String etag, String crc32, long size) {}
