/**
 * The port to object storage and its two adapters: memory and S3. Only here does the code know the
 * S3 client; everything beyond the port speaks our records and three-valued answers.
 */
@NullMarked
package dev.afterbay.sinks.tostorage;

import org.jspecify.annotations.NullMarked;
