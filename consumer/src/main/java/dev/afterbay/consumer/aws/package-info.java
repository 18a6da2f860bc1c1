/**
 * The edge to AWS: the one place where SDK clients are built, and the one place where their
 * exceptions become sentences for a person.
 */
@NullMarked
package dev.afterbay.consumer.aws;

import org.jspecify.annotations.NullMarked;
