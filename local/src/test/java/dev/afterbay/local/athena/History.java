package dev.afterbay.local.athena;

import dev.afterbay.reconciliation.export.NetChange;
import dev.afterbay.reconciliation.export.TableHistory;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What happened to the items of a table, in memory: what the answers of SQL are held against. */
final class History {
  private final Map<String, List<ChangeEvent>> byKey = new LinkedHashMap<>();

  void add(ChangeEvent event) {
    byKey.computeIfAbsent(event.keys().json(), key -> new ArrayList<>()).add(event);
  }

  /** All changes of the items whose keys suit, each item's in order. */
  List<ChangeEvent> changes(Predicate<Item> keys) {
    return byKey.values().stream()
        .flatMap(List::stream)
        .filter(event -> keys.test(event.keys().item()))
        .toList();
  }

  /** The keys, as canonical JSON. */
  List<String> keys(Predicate<Item> keys) {
    return byKey.entrySet().stream()
        .filter(entry -> keys.test(entry.getValue().get(0).keys().item()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The last change of an item up to the end of a second; empty if there was none. */
  Optional<ChangeEvent> last(String key, Instant second) {
    return byKey.getOrDefault(key, List.of()).stream()
        .filter(event -> !event.approximateCreation().isAfter(second))
        .reduce((one, next) -> next);
  }

  /** The items that suit as they were at the end of a second. */
  List<Item> at(Instant second, Predicate<Item> keys) {
    return keys(keys).stream().flatMap(key -> at(key, second).stream()).toList();
  }

  /** The same as an export tells it. */
  TableHistory asExported() {
    return new TableHistory() {
      @Override
      public List<Item> at(Instant moment) {
        return History.this.at(moment, keys -> true);
      }

      @Override
      public List<NetChange> between(Instant from, Instant to) {
        throw new UnsupportedOperationException("Nobody asks for the changes");
      }
    };
  }

  /** An item as it was at the end of a second. */
  Optional<Item> at(String key, Instant second) {
    return last(key, second)
        .flatMap(event -> Optional.ofNullable(event.newImage()))
        .map(image -> image.item());
  }

  /** Whether a key attribute begins with a text. */
  static Predicate<Item> sortKey(String prefix) {
    return keys -> text(keys, "SK").startsWith(prefix);
  }

  /** A text or number of an item; empty if it has none of that name. */
  static String text(Item item, String attribute) {
    Value value = item.attribute(attribute).orElse(new Value.S(""));
    return value instanceof Value.N number ? number.number() : ((Value.S) value).text();
  }
}
