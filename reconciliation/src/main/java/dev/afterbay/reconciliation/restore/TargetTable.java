package dev.afterbay.reconciliation.restore;

import dev.afterbay.transforms.image.Item;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The table that is restored into. Any thread may put items. */
public interface TargetTable {
  /** Its name. */
  String name();

  /**
   * What tells it from a table of the same name before or after it; empty if there is none.
   *
   * @throws RestoreException if a table is there whose keys are not those of the source
   */
  Optional<String> id();

  /**
   * Makes it, with the keys of the source, and waits until it can be written to.
   *
   * @return what tells it from others of its name
   */
  String create();

  /** Whether it holds nothing. */
  boolean isEmpty();

  /** Gives out all items, by consistent reads. */
  void each(Consumer<Item> taker);

  /**
   * Puts items, each instead of the one with its key.
   *
   * @param items at most {@value #MOST_AT_ONCE}, of different keys
   * @return those that have to be put again
   */
  List<Item> put(List<Item> items);

  /** Deletes it. */
  void delete();

  /** How many items can be put at once. */
  int MOST_AT_ONCE = 25;
}
