/**
 * DynamoDB, DynamoDB Streams and S3 on loopback ports of one process. DynamoDB Local answers behind
 * a front of ours that repairs where it differs from AWS, so that every client sees the behaviour
 * of the service; S3Proxy keeps objects as plain files.
 */
@NullMarked
package dev.afterbay.local.aws;

import org.jspecify.annotations.NullMarked;
