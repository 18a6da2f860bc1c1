/**
 * A DynamoDB stream whose every turn is written by a script or a seed: shards, records, trims and
 * failures. One model in memory, read in process as a {@code DynamoDbStreamsClient} or by any
 * program over HTTP, and an account of all that it was ever given.
 */
@NullMarked
package dev.afterbay.local.stream;

import org.jspecify.annotations.NullMarked;
