/**
 * The Kinesis Client Library, wired to the streams of DynamoDB: leases, polling and checkpoints.
 * The only package that knows KCL; it hands every record to a shard's pipeline.
 */
@NullMarked
package dev.afterbay.consumer.worker;

import org.jspecify.annotations.NullMarked;
