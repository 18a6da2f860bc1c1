package dev.afterbay.reconciliation.audit;

import dev.afterbay.reconciliation.compare.Verdict;
import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.time.Instant;

/**
 * What an audit came to.
 *
 * @param table that was audited
 * @param at the moment of which lake and source were compared
 * @param export the ARN of the export
 * @param items in it
 * @param missing keys whose item is not in the lake
 * @param stale keys whose item is another one in the lake
 * @param phantom keys whose item is in the lake alone
 * @param rechecked keys that changed within seconds of the moment, and were found to agree
 * @param lakeBytes of all of the table's data files
 * @param scannedBytes that the engine read of files in the bucket
 * @param took from the first request to the last row
 */
public record AuditSummary(
    TableName table,
    Instant at,
    String export,
    long items,
    long missing,
    long stale,
    long phantom,
    long rechecked,
    long lakeBytes,
    long scannedBytes,
    Duration took) {
  /** How many keys differ. */
  public long drift() {
    return missing + stale + phantom;
  }

  /** How many keys differ in one way. */
  public long count(Verdict verdict) {
    return switch (verdict) {
      case MISSING -> missing;
      case STALE -> stale;
      case PHANTOM -> phantom;
    };
  }

  /** How much of the lake was read, in percent. */
  public double scannedPercent() {
    return lakeBytes == 0 ? 0 : 100.0 * scannedBytes / lakeBytes;
  }
}
