/** Exports by DynamoDB itself: the only place of this module that knows the SDK. */
@NullMarked
package dev.afterbay.reconciliation.fromdynamodb;

import org.jspecify.annotations.NullMarked;
