package dev.afterbay.sinks.erasures;

/**
 * What an erasure leaves of a file.
 *
 * @param size in bytes
 * @param rows that are left
 * @param erased how many rows are not
 */
public record ErasedFile(long size, long rows, long erased) {}
