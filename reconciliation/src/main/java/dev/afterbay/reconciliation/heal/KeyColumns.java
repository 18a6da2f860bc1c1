package dev.afterbay.reconciliation.heal;

import dev.afterbay.sinks.catalog.SqlName;
import dev.afterbay.transforms.image.Bytes;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The key of an item as two texts, of which the second is empty if there is no sort key. */
final class KeyColumns {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final List<KeyAttribute> keys;

  KeyColumns(List<KeyAttribute> keys) {
    this.keys = List.copyOf(keys);
  }

  /** The text of the key attribute at a place. */
  String text(Item item, int place) {
    if (place >= keys.size()) {
      return "";
    }
    KeyAttribute key = keys.get(place);
    Value value = item.attributes().get(key.name());
    if (key.type() == KeyType.S && value instanceof Value.S string) {
      return string.text();
    }
    if (key.type() == KeyType.N && value instanceof Value.N number) {
      return number.number();
    }
    if (key.type() == KeyType.B && value instanceof Value.B binary) {
      return HEX.formatHex(binary.bytes().toByteArray());
    }
    throw new IllegalArgumentException(
        "An export does not have the keys "
            + keys
            + ", with which the table was described. If the table was created anew, restart so"
            + " that its new keys are read");
  }

  /** The item that has nothing but the key. */
  Item item(String first, String second) {
    Map<String, Value> attributes = new HashMap<>();
    attributes.put(keys.get(0).name(), value(keys.get(0), first));
    if (keys.size() > 1) {
      attributes.put(keys.get(1).name(), value(keys.get(1), second));
    }
    return new Item(attributes);
  }

  /** The same text of a row of the lake, in SQL. */
  String sql(int place) {
    if (place >= keys.size()) {
      return "''";
    }
    KeyAttribute key = keys.get(place);
    String column = SqlName.quoted(key.name());
    return key.type() == KeyType.B ? "hex(" + column + ")" : column;
  }

  private static Value value(KeyAttribute key, String text) {
    return switch (key.type()) {
      case S -> new Value.S(text);
      case N -> new Value.N(text);
      case B -> new Value.B(Bytes.of(HEX.parseHex(text)));
    };
  }
}
