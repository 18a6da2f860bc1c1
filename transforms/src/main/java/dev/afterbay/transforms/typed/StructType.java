package dev.afterbay.transforms.typed;

import dev.afterbay.transforms.image.Digest;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;

/** Maps with a few known attributes, each of a type of its own; any of them may be missing. */
final class StructType implements ColumnType {
  /** Where the named schemas are that types need. */
  static final String NAMESPACE = "dev.afterbay.types";

  /** The digits of the digest in a struct's name. */
  private static final int NAME_DIGITS = 16;

  private final Map<String, ColumnType> fields;
  private final String text;
  private final Schema schema;

  /**
   * The type.
   *
   * @param fields in their order
   * @throws IllegalArgumentException if a name cannot be a field's
   */
  StructType(Map<String, ColumnType> fields) {
    refuseUnusable(fields.keySet());
    this.fields = new LinkedHashMap<>(fields);
    this.text =
        fields.entrySet().stream()
            .map(field -> field.getKey() + ": " + field.getValue().text())
            .collect(Collectors.joining(", ", "struct<", ">"));
    this.schema = schema(fields, "struct_" + Digest.of(text).substring(0, NAME_DIGITS));
  }

  /** Fields as columns are: null unless there is something. */
  static Schema.Field nullable(String name, Schema type) {
    return new Schema.Field(
        name,
        Schema.createUnion(Schema.create(Schema.Type.NULL), type),
        null,
        JsonProperties.NULL_VALUE);
  }

  private static Schema schema(Map<String, ColumnType> fields, String name) {
    List<Schema.Field> nullables = new ArrayList<>();
    fields.forEach((field, type) -> nullables.add(nullable(field, type.avro())));
    return Schema.createRecord(name, null, NAMESPACE, false, nullables);
  }

  private static void refuseUnusable(Set<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a struct has at least one field, struct<name: type>");
    }
    Set<String> taken = new TreeSet<>();
    for (String name : names) {
      if (!Column.isPlain(name)) {
        throw new IllegalArgumentException(
            "a struct's field has letters, digits and '_' and begins with no digit, not '"
                + name
                + "'; for other attributes take map or json");
      }
      if (!taken.add(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "a struct has the field '"
                + name
                + "' twice, as names that differ in upper and lower case are one in SQL");
      }
    }
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public Schema avro() {
    return schema;
  }

  @Override
  public Fit fit(Value value) {
    if (!(value instanceof Value.M map)) {
      return PlainType.misfit(value);
    }
    GenericData.Record record = new GenericData.Record(schema);
    Elements elements = new Elements();
    for (Map.Entry<String, Value> attribute : map.attributes().attributes().entrySet()) {
      ColumnType type = fields.get(attribute.getKey());
      if (type == null) {
        return PlainType.ANOTHER_TYPE;
      }
      Object content = elements.content(type, attribute.getValue());
      if (content == null) {
        break;
      }
      record.put(attribute.getKey(), content);
    }
    return elements.fit(record);
  }

  @Override
  public Value valueOf(Object content) {
    IndexedRecord record = (IndexedRecord) content;
    Map<String, Value> attributes = new HashMap<>();
    int position = 0;
    for (Map.Entry<String, ColumnType> field : fields.entrySet()) {
      Object each = record.get(position++);
      if (each != null) {
        attributes.put(field.getKey(), field.getValue().valueOf(each));
      }
    }
    return new Value.M(new Item(attributes));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StructType type && text.equals(type.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
