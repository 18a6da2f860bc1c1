/**
 * The export stand-in: point-in-time recovery and exports to S3 as DynamoDB answers them, for any
 * source that can tell all changes of a table. It knows neither the endpoint in front of it nor
 * where the changes come from.
 */
@NullMarked
package dev.afterbay.local.export;

import org.jspecify.annotations.NullMarked;
