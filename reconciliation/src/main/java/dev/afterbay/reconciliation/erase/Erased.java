package dev.afterbay.reconciliation.erase;

import dev.afterbay.transforms.change.TableName;
import java.util.Map;

/**
 * What an erasure came to.
 *
 * @param table the source table
 * @param erasure its name, which its notes bear
 * @param keys how many
 * @param rows how many rows were erased, or would be, by the folder that they were in
 * @param files that were written anew, or would be
 * @param deleted other objects that were, or would be: exports, and what comparisons left
 * @param versions of objects that the bucket had kept, and that are gone
 * @param left rows that were found afterwards; 0 unless somebody brought them meanwhile
 */
public record Erased(
    TableName table,
    String erasure,
    int keys,
    Map<String, Long> rows,
    long files,
    long deleted,
    long versions,
    long left) {
  /** Copies the map. */
  public Erased {
    rows = Map.copyOf(rows);
  }

  /** How many rows in all. */
  public long allRows() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }
}
