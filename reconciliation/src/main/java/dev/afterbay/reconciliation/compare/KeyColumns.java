package dev.afterbay.reconciliation.compare;

import dev.afterbay.sinks.catalog.SqlName;
import dev.afterbay.transforms.image.Bytes;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;

/**
 * The key attributes of a table under neutral names, {@code k1} and perhaps {@code k2}: text in
 * canonical form, or bytes.
 *
 * @param attributes the partition key, and the sort key if there is one
 */
public record KeyColumns(List<KeyAttribute> attributes) {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** Copies the attributes. */
  public KeyColumns {
    attributes = List.copyOf(attributes);
  }

  /** The neutral names. */
  List<String> names() {
    return IntStream.rangeClosed(1, attributes.size()).mapToObj(number -> "k" + number).toList();
  }

  /** The neutral names, joined by commas, each of a table. */
  public String of(String table) {
    return names().stream().map(name -> table + "." + name).collect(Collectors.joining(", "));
  }

  /** The neutral names, joined by commas. */
  public String list() {
    return String.join(", ", names());
  }

  /** The condition that two tables agree on the key. */
  public String equal(String one, String other) {
    return names().stream()
        .map(name -> one + "." + name + " = " + other + "." + name)
        .collect(Collectors.joining(" AND "));
  }

  /** Each key of one of two tables, whichever has it. */
  String either(String one, String other) {
    return names().stream()
        .map(name -> "coalesce(" + one + "." + name + ", " + other + "." + name + ") AS " + name)
        .collect(Collectors.joining(", "));
  }

  /** The columns with their types in a CREATE TABLE. */
  public String definitions() {
    return IntStream.range(0, attributes.size())
        .mapToObj(i -> names().get(i) + (isBinary(i) ? " BLOB" : " VARCHAR"))
        .collect(Collectors.joining(", "));
  }

  /** The columns of the lake's tables under their neutral names. */
  public String fromLake() {
    return IntStream.range(0, attributes.size())
        .mapToObj(i -> SqlName.quoted(attributes.get(i).name()) + " AS " + names().get(i))
        .collect(Collectors.joining(", "));
  }

  boolean isBinary(int column) {
    return attributes.get(column).type() == KeyType.B;
  }

  private Value valueIn(Item item, int column) {
    String name = attributes.get(column).name();
    return item.attribute(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "An item of the export does not have the key attribute '"
                        + name
                        + "'; if the table was created anew, repeat this with its new keys"));
  }

  /** The key of an item, and nothing else of it. */
  public Image keyOf(Item item) {
    Map<String, Value> values = new HashMap<>();
    for (int i = 0; i < attributes.size(); i++) {
      values.put(attributes.get(i).name(), valueIn(item, i));
    }
    return Image.of(new Item(values));
  }

  /** The key in a row that has the columns under their neutral names. */
  public Image keyOf(ResultSet row) throws SQLException {
    Map<String, Value> values = new HashMap<>();
    for (int i = 0; i < attributes.size(); i++) {
      String column = names().get(i);
      values.put(
          attributes.get(i).name(),
          switch (attributes.get(i).type()) {
            case S -> new Value.S(row.getString(column));
            case N -> new Value.N(row.getString(column));
            case B -> new Value.B(Bytes.of(row.getBytes(column)));
          });
    }
    return Image.of(new Item(values));
  }

  /** The key whose attributes are such texts: of bytes, their hexadecimal digits. */
  Image keyOf(List<String> texts) {
    Map<String, Value> values = new HashMap<>();
    for (int i = 0; i < attributes.size(); i++) {
      String text = texts.get(i);
      values.put(
          attributes.get(i).name(),
          switch (attributes.get(i).type()) {
            case S -> new Value.S(text);
            case N -> new Value.N(text);
            case B -> new Value.B(Bytes.of(HEX.parseHex(text)));
          });
    }
    return Image.of(new Item(values));
  }

  /** The key attributes of an item as texts: of bytes, their hexadecimal digits. */
  List<String> textsOf(Item item) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < attributes.size(); i++) {
      Value value = valueIn(item, i);
      if (value instanceof Value.S text) {
        texts.add(text.text());
      } else if (value instanceof Value.N number) {
        texts.add(number.number());
      } else {
        texts.add(HEX.formatHex(((Value.B) value).bytes().toByteArray()));
      }
    }
    return texts;
  }

  /** The columns of the lake's tables as such texts under their neutral names. */
  String textsFromLake() {
    return IntStream.range(0, attributes.size())
        .mapToObj(
            i -> {
              String column = SqlName.quoted(attributes.get(i).name());
              return (isBinary(i) ? "to_hex(" + column + ")" : column) + " AS " + names().get(i);
            })
        .collect(Collectors.joining(", "));
  }

  /** Appends the key of an item to a row, in the order of the columns. */
  public void append(DuckDBAppender row, Item item) throws SQLException {
    for (int i = 0; i < attributes.size(); i++) {
      Value value = valueIn(item, i);
      if (value instanceof Value.S text) {
        row.append(text.text());
      } else if (value instanceof Value.N number) {
        row.append(number.number());
      } else {
        row.append(((Value.B) value).bytes().toByteArray());
      }
    }
  }
}
