package dev.afterbay.sinks.check;

import dev.afterbay.sinks.tostorage.ObjectKey;
import java.util.List;

/**
 * What a check of a table came to.
 *
 * @param shards with a log
 * @param entries in their logs
 * @param files committed
 * @param records committed
 * @param rows read back; 0 if only footers were looked at
 * @param pending files that are committed and wait to be made visible, by whoever opens their log
 *     next; no damage
 * @param findings what is wrong; empty if the lake is sound
 */
public record LakeReport(
    long shards,
    long entries,
    long files,
    long records,
    long rows,
    List<ObjectKey> pending,
    List<Finding> findings) {
  /** Copies the lists. */
  public LakeReport {
    pending = List.copyOf(pending);
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong. */
  public boolean sound() {
    return findings.isEmpty();
  }
}
