/**
 * A stand-in for the AWS Glue Data Catalog: databases, tables and their versions in memory, behind
 * the API that engines and our own client speak. No partitions: they are projected.
 */
@NullMarked
package dev.afterbay.local.glue;

import org.jspecify.annotations.NullMarked;
