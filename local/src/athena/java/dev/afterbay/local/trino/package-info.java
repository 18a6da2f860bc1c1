/**
 * A real Trino, the engine that Athena is made of, as a process on loopback: it reads tables as
 * they stand in a Glue catalog, with their files on an S3 endpoint. Only in the profile {@code
 * athena}.
 */
@NullMarked
package dev.afterbay.local.trino;

import org.jspecify.annotations.NullMarked;
