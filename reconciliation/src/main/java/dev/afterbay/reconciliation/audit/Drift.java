package dev.afterbay.reconciliation.audit;

import dev.afterbay.reconciliation.compare.Verdict;
import java.time.Instant;

/**
 * A row of the table of audits.
 *
 * @param key canonical DynamoDB JSON of the key attributes
 * @param verdict how lake and source differ
 * @param firstSeen the moment of the first audit in a row that found the same of this key
 */
record Drift(String key, Verdict verdict, Instant firstSeen) {}
