package dev.afterbay.reconciliation.export;

import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table of eight items, and what is asked of its exports. */
final class Shop {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  static final ExportPlace PLACE = new ExportPlace("lake", "exports");
  static final List<Item> ITEMS =
      List.of("a", "b", "c", "d", "e", "f", "g", "h").stream().map(Shop::item).toList();

  /** The first was deleted, the second made, the third changed. */
  static final List<NetChange> CHANGES =
      List.of(
          change("a", Optional.empty(), Optional.of(item("a"))),
          change("b", Optional.of(item("b")), Optional.empty()),
          change("c", Optional.of(item("c")), Optional.of(key("c"))));

  static final TableHistory HISTORY =
      new TableHistory() {
        @Override
        public List<Item> at(Instant moment) {
          return ITEMS;
        }

        @Override
        public List<NetChange> between(Instant from, Instant to) {
          return CHANGES;
        }
      };

  private Shop() {}

  static ExportRequest full() {
    return request(new Window.Full(NOON));
  }

  static ExportRequest incremental() {
    return request(new Window.Incremental(NOON.minusSeconds(3600), NOON));
  }

  static ExportRequest request(Window window) {
    return new ExportRequest(
        new TableName("shop"), "arn:aws:dynamodb:eu-west-1:123456789012:table/shop", window, PLACE);
  }

  static Item item(String key) {
    return new Item(
        Map.of("PK", new Value.S(key), "Total", new Value.N("12.50"), "Gone", new Value.Null()));
  }

  static Item key(String key) {
    return new Item(Map.of("PK", new Value.S(key)));
  }

  private static NetChange change(String key, Optional<Item> now, Optional<Item> before) {
    return new NetChange(NOON.minusNanos(1_234_000), key(key), now, before);
  }
}
