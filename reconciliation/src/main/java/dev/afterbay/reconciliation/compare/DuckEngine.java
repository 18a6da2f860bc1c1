package dev.afterbay.reconciliation.compare;

import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;

/**
 * Comparisons by the DuckDB of this process, which needs nothing but the files.
 *
 * @param store the bucket of the lake
 */
public record DuckEngine(ObjectStore store) implements Comparison.Engine {
  @Override
  public void require(TableName table) {}

  @Override
  public Comparison open(TableName table, KeyColumns keys, Path folder) {
    Duck duck = Duck.inMemory(Duck.Limits.of(folder));
    return DuckComparison.in(duck, keys, new DuckLake(duck, keys, store, folder.resolve("lake")));
  }
}
