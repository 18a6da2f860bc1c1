package dev.afterbay.consumer.quarantine;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of reprocessing a table's quarantine.
 *
 * @param records that were put where they belong
 * @param waiting records that stay in quarantine, by today's reason
 */
public record Reprocessed(long records, Map<String, Long> waiting) {
  /** Copies the reasons, in their order. */
  public Reprocessed {
    waiting = Collections.unmodifiableMap(new TreeMap<>(waiting));
  }
}
