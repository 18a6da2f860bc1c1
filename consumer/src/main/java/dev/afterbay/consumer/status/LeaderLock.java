package dev.afterbay.consumer.status;

/**
 * The lock of the worker that assigns the leases to all others.
 *
 * @param owner the worker
 * @param version changes with each sign of life
 */
public record LeaderLock(String owner, String version) {}
