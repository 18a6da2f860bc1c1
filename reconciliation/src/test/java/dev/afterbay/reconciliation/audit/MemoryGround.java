package dev.afterbay.reconciliation.audit;

import dev.afterbay.reconciliation.compare.Comparison;
import dev.afterbay.reconciliation.compare.DuckEngine;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.util.List;

/** A lake in memory, compared by DuckDB. */
record MemoryGround(ObjectStore store) implements Ground {
  MemoryGround() {
    this(new MemoryObjectStore());
  }

  @Override
  public Lake lake() {
    return new Lake("lake");
  }

  @Override
  public Comparison.Engine engine(ObjectStore through) {
    return new DuckEngine(through);
  }

  @Override
  public void register(TableName table, List<KeyAttribute> keys) {}
}
