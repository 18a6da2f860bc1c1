package dev.afterbay.reconciliation.erase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.afterbay.reconciliation.compare.Duck;
import dev.afterbay.sinks.catalog.SqlName;
import dev.afterbay.transforms.change.ChangeColumn;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import dev.afterbay.transforms.toavro.QuarantineTable;
import dev.afterbay.transforms.typed.EntitySchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keys whose rows are erased, in whatever table of the lake. A row is of a key if it has its
 * attributes as columns, or the key as DynamoDB JSON, or is a record set aside whose text tells of
 * it.
 */
public final class ErasedKeys {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<KeyAttribute> attributes;
  private final Set<Image> keys;

  private ErasedKeys(List<KeyAttribute> attributes, Set<Image> keys) {
    this.attributes = List.copyOf(attributes);
    this.keys = Set.copyOf(keys);
  }

  /**
   * Keys of a table.
   *
   * @param attributes the key attributes of the table
   * @param texts DynamoDB JSON of each key
   * @throws IllegalArgumentException if one is no key of the table; the message holds nothing of it
   */
  public static ErasedKeys of(List<KeyAttribute> attributes, List<String> texts) {
    Set<Image> keys = new HashSet<>();
    for (int i = 0; i < texts.size(); i++) {
      keys.add(key(attributes, texts.get(i), i + 1));
    }
    return new ErasedKeys(attributes, keys);
  }

  /** How many there are. */
  public int count() {
    return keys.size();
  }

  private static Image key(List<KeyAttribute> attributes, String text, int number) {
    Image key;
    try {
      key = Image.parse(text);
    } catch (IllegalArgumentException e) {
      throw refused(attributes, number);
    }
    Map<String, Value> values = key.item().attributes();
    if (values.size() != attributes.size()
        || attributes.stream().anyMatch(each -> type(values.get(each.name())) != each.type())) {
      throw refused(attributes, number);
    }
    return key;
  }

  private static IllegalArgumentException refused(List<KeyAttribute> attributes, int number) {
    return new IllegalArgumentException(
        "Key "
            + number
            + " is none of the table: write all of it and nothing else, as {"
            + attributes.stream()
                .map(key -> "\"%s\":{\"%s\":\"…\"}".formatted(key.name(), key.type()))
                .collect(Collectors.joining(","))
            + "}");
  }

  private static @Nullable KeyType type(@Nullable Value value) {
    if (value instanceof Value.S) {
      return KeyType.S;
    } else if (value instanceof Value.N) {
      return KeyType.N;
    }
    return value instanceof Value.B ? KeyType.B : null;
  }

  /** The columns that tell of which key a row is, of a table of any kind. */
  Set<String> columns() {
    Set<String> columns = new HashSet<>();
    attributes.forEach(attribute -> columns.add(attribute.name()));
    columns.add(EntitySchema.CDC_KEY);
    columns.add(QuarantineTable.RECORD);
    return columns;
  }

  /**
   * The numbers of the rows of a file that are of one of the keys.
   *
   * @param columns that the file has
   */
  Set<Long> rowsIn(Duck duck, Path file, Set<String> columns) {
    Set<Long> rows = new TreeSet<>();
    String from =
        " FROM read_parquet(%s, file_row_number = true, hive_partitioning = false)"
            .formatted(Duck.files(List.of(file)));
    if (columns.contains(EntitySchema.CDC_KEY)) {
      duck.ask(number(from) + " WHERE " + byKey(), row -> rows.add(row.getLong(1)));
    } else if (columns.contains(ChangeColumn.CDC_OP.columnName())) {
      duck.ask(number(from) + " WHERE " + byAttributes(), row -> rows.add(row.getLong(1)));
    } else if (columns.contains(QuarantineTable.RECORD)) {
      duck.ask(
          "SELECT file_row_number, " + QuarantineTable.RECORD + from,
          row -> {
            if (isOfRecord(row.getString(2))) {
              rows.add(row.getLong(1));
            }
          });
    }
    return rows;
  }

  private static String number(String from) {
    return "SELECT file_row_number" + from;
  }

  private String byKey() {
    return keys.stream()
        .map(key -> Duck.literal(key.json()))
        .collect(Collectors.joining(", ", EntitySchema.CDC_KEY + " IN (", ")"));
  }

  private String byAttributes() {
    return keys.stream().map(this::byAttributes).collect(Collectors.joining(" OR "));
  }

  private String byAttributes(Image key) {
    List<String> terms = new ArrayList<>();
    for (KeyAttribute attribute : attributes) {
      Value value = key.item().attribute(attribute.name()).orElseThrow();
      String literal = Duck.literal(text(value));
      terms.add(
          SqlName.quoted(attribute.name())
              + " = "
              + (value instanceof Value.B ? "from_base64(" + literal + ")" : literal));
    }
    return "(" + String.join(" AND ", terms) + ")";
  }

  /** A record whose key cannot be read is of a key if its text holds each of its values. */
  private boolean isOfRecord(String record) {
    try {
      JsonNode told = JSON.readTree(record).path("dynamodb").path("Keys");
      return keys.contains(Image.parse(told.toString()));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return keys.stream()
          .anyMatch(
              key ->
                  key.item().attributes().values().stream()
                      .allMatch(
                          value -> record.contains(TextNode.valueOf(text(value)).toString())));
    }
  }

  private static String text(Value value) {
    if (value instanceof Value.S string) {
      return string.text();
    } else if (value instanceof Value.N number) {
      return number.number();
    }
    return ((Value.B) value).bytes().base64();
  }
}
