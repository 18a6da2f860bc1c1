package dev.afterbay.sinks.tostorage;

/**
 * Objects of which only the newest content counts, and whose loss does no harm. What must be kept
 * goes through {@link ObjectStore}, which replaces nothing.
 */
@FunctionalInterface
public interface Notices {
  /**
   * Puts an object, over the one that stands under the key.
   *
   * @throws ObjectStoreException if the store gives no answer or refuses
   */
  void post(ObjectKey key, byte[] content);
}
