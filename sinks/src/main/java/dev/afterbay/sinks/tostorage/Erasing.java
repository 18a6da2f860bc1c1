package dev.afterbay.sinks.tostorage;

import java.util.Optional;

/**
 * What an erasure does to a bucket, and nothing else may: it replaces visible objects, and deletes
 * what the bucket keeps of earlier ones. Every operation may be repeated.
 */
public interface Erasing {
  /**
   * What tells the present content of an object from any other; empty if there is no such object.
   *
   * @throws ObjectStoreException if the store gives no answer or refuses
   */
  Optional<String> tagOf(ObjectKey key);

  /**
   * Puts an object over the one that stands under the key, in one step: who reads sees the one or
   * the other.
   *
   * @param tag of the content that is to be replaced
   * @throws ObjectStoreException if the store gives no answer or refuses, or if something else
   *     stands under the key by now, or nothing
   */
  void replace(ObjectKey key, String tag, byte[] content);

  /**
   * Deletes an object and all that the bucket keeps of it; one that is gone is no error.
   *
   * @return how many earlier versions there were; 0 of a bucket that keeps none
   * @throws ObjectStoreException if the store gives no answer or refuses
   */
  long delete(ObjectKey key);

  /**
   * Deletes what the bucket keeps of objects that were replaced or deleted: all versions but those
   * that can be seen.
   *
   * @param prefix of their keys
   * @return how many there were; 0 of a bucket that keeps none
   * @throws ObjectStoreException if the store gives no answer or refuses
   */
  long forget(String prefix);
}
