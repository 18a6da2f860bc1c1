package dev.afterbay.sinks.tostorage;

import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.FaultyStore;

/** A faulty store without a fault is a store like any other. */
class UndisturbedStoreTest extends ObjectStoreContract {
  private final FaultyStore store = new FaultyStore(new MemoryObjectStore(), Disturbance.NONE);

  @Override
  ObjectStore store() {
    return store;
  }
}
