/**
 * The edge where records of a DynamoDB stream become change events, or text if they cannot. Only
 * this package knows the AWS SDK, and of it only the model classes.
 */
@NullMarked
package dev.afterbay.transforms.fromstream;

import org.jspecify.annotations.NullMarked;
