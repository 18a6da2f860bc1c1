package dev.afterbay.consumer.status;

import dev.afterbay.transforms.change.TableName;

/** Is told what a lease table says. Called from one thread; must return at once and never throw. */
@FunctionalInterface
public interface LeaseObserver {
  /** The lease table of a source table says this now. */
  void seen(TableName table, LeaseRows rows);
}
