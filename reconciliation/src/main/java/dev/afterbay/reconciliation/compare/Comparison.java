package dev.afterbay.reconciliation.compare;

import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.image.Item;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One comparison of a table's export with its lake, by an engine. Filled first, then asked once;
 * not safe for use by several threads.
 */
public interface Comparison extends AutoCloseable {
  /** How long before and after its moment an export may show a change, or not yet. */
  Duration UNSURE = Duration.ofSeconds(5);

  /**
   * Adds an item of the export, of which a key and a digest are kept.
   *
   * @param item as it would be in the lake: without what is sensitive
   */
  void source(Item item, String digest);

  /**
   * Tells the differences to the lake at its moment, in the order of their keys.
   *
   * <p>An item that changed within seconds of the moment may be in the export as it was before or
   * after: it differs only if it is like none of the versions that it had in that time.
   */
  Outcome differences(LakeSide lake, Consumer<Difference> taker);

  @Override
  void close();

  /** Opens comparisons by one engine. */
  interface Engine {
    /**
     * Looks whether comparisons of a table can be made, before anything is done for one.
     *
     * @throws RuntimeException with the way out, if not
     */
    void require(TableName table);

    /**
     * An empty comparison of a table with such keys.
     *
     * @param folder of this process, for what the engine needs while it works; empty
     */
    Comparison open(TableName table, KeyColumns keys, Path folder);
  }

  /**
   * What there is to say beside the differences.
   *
   * @param differences how many there are
   * @param rechecked keys that differ from the newest version, and were held against others
   * @param scannedBytes that the engine read of files in the bucket
   */
  record Outcome(long differences, long rechecked, long scannedBytes) {}
}
