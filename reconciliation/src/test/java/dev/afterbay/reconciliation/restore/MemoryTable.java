package dev.afterbay.reconciliation.restore;

import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A table in memory, with the ways in which one fails. */
final class MemoryTable implements TargetTable {
  final Map<String, Item> items = new TreeMap<>();
  private final String key;
  private @Nullable String id;
  private int incarnations;
  int puts;

  /** After so many puts the next one fails. */
  int healthyPuts = Integer.MAX_VALUE;

  /** Of each put so many items are taken. */
  int taken = MOST_AT_ONCE;

  /** An item that is taken, and then is not there. */
  @Nullable Item swallowed;

  MemoryTable(String key) {
    this.key = key;
  }

  @Override
  public String name() {
    return "new-books";
  }

  @Override
  public synchronized Optional<String> id() {
    return Optional.ofNullable(id);
  }

  @Override
  public synchronized String create() {
    id = "id-" + ++incarnations;
    return "id-" + incarnations;
  }

  @Override
  public synchronized boolean isEmpty() {
    return items.isEmpty();
  }

  @Override
  public synchronized void each(Consumer<Item> taker) {
    items.values().forEach(taker);
  }

  @Override
  public synchronized List<Item> put(List<Item> some) {
    if (++puts > healthyPuts) {
      throw new IllegalStateException("killed");
    }
    List<Item> left = new ArrayList<>();
    for (Item item : some) {
      if (some.indexOf(item) >= taken) {
        left.add(item);
      } else if (!item.equals(swallowed)) {
        set(item);
      }
    }
    return left;
  }

  void set(Item item) {
    items.put(Image.of(new Item(Map.of(key, item.attribute(key).orElseThrow()))).json(), item);
  }

  @Override
  public synchronized void delete() {
    id = null;
    items.clear();
  }
}
