package dev.afterbay.sinks.tostorage;

/**
 * An object that readers can see.
 *
 * @param key where it stands
 * @param size in bytes
 */
public record StoredObject(ObjectKey key, long size) {}
