package dev.afterbay.reconciliation.export;

import dev.afterbay.sinks.tostorage.ObjectKey;

/**
 * One file of an export, as its manifest tells of it.
 *
 * @param key where it stands
 * @param items how many lines it has, possibly none
 * @param md5Base64 of its bytes as they are stored, compressed
 */
public record DataFile(ObjectKey key, long items, String md5Base64) {
  /** Checks the count. */
  public DataFile {
    if (items < 0) {
      throw new IllegalArgumentException("An export file has no " + items + " lines: " + key);
    }
  }
}
