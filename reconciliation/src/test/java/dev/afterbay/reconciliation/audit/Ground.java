package dev.afterbay.reconciliation.audit;

import dev.afterbay.reconciliation.compare.Comparison;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.util.List;

/** Where a lake lies, and what compares it. */
public interface Ground {
  /** The bucket. */
  ObjectStore store();

  /** The lake in it. */
  Lake lake();

  /**
   * The engine.
   *
   * @param through the bucket as the audit sees it
   */
  Comparison.Engine engine(ObjectStore through);

  /** Makes known of the lake what the engine must know of it before an audit. */
  void register(TableName table, List<KeyAttribute> keys);
}
