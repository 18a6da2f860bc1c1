package dev.afterbay.sinks.tostorage;

/**
 * Removes visible objects. It is no part of the {@link ObjectStore}, which the commit log's
 * argument rests on: only what no log needs any more may be removed.
 */
@FunctionalInterface
public interface ObjectRemover {
  /**
   * Removes an object; one that is gone already is no error.
   *
   * @throws ObjectStoreException if the store refuses or gives no answer
   */
  void remove(ObjectKey key);
}
