/**
 * Exports of a table to S3: asked for or found again, waited for, checked against their manifests,
 * and read line by line without ever holding a file in memory. Knows no SDK: {@code Exports} is the
 * port to DynamoDB, the object store's port is that of the lake.
 */
@NullMarked
package dev.afterbay.reconciliation.export;

import org.jspecify.annotations.NullMarked;
