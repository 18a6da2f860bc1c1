/**
 * Avro rows to Parquet files, and the row count back from a file's footer. It writes with
 * parquet-java but without Hadoop: configuration, output and compression are our own.
 */
@NullMarked
package dev.afterbay.sinks.toparquet;

import org.jspecify.annotations.NullMarked;
