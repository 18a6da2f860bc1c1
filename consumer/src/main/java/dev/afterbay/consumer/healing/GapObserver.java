package dev.afterbay.consumer.healing;

import dev.afterbay.transforms.change.TableName;

/** Is told how many gaps are not healed. Called from one thread. */
@FunctionalInterface
public interface GapObserver {
  /** So many gaps of a table are not healed now. */
  void open(TableName table, int gaps);
}
