/**
 * DynamoDB's JSON as bytes: a scanner that reads what the service sends every day, straight into
 * canonical form, and refuses everything else for others to judge.
 */
@NullMarked
package dev.afterbay.transforms.wire;

import org.jspecify.annotations.NullMarked;
