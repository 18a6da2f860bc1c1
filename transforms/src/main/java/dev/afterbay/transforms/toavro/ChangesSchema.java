package dev.afterbay.transforms.toavro;

import dev.afterbay.transforms.change.ChangeColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** Builds the Avro schema of a {@code changes} table: our columns, with the keys among them. */
final class ChangesSchema {
  /** The partition columns, which stand in the path and not in the file. */
  private static final List<String> PARTITIONS = List.of("dt", "hh");

  private ChangesSchema() {}

  /** Avro's own way to lift its rule for names is deprecated, but there is no other in code. */
  @SuppressWarnings("deprecation")
  static Schema of(List<KeyAttribute> keys) {
    refuseUnusable(keys);
    NameValidator before = Schema.getNameValidator();
    Schema.setNameValidator(NameValidator.NO_VALIDATION);
    try {
      return Schema.createRecord("Change", null, "dev.afterbay", false, fields(keys));
    } finally {
      Schema.setNameValidator(before);
    }
  }

  private static List<Schema.Field> fields(List<KeyAttribute> keys) {
    List<Schema.Field> fields = new ArrayList<>();
    for (ChangeColumn column : ChangeColumn.values()) {
      if (column == ChangeColumn.NEW_IMAGE) {
        keys.forEach(key -> fields.add(new Schema.Field(key.name(), key.type().columnSchema())));
      }
      fields.add(new Schema.Field(column.columnName(), schema(column)));
    }
    return fields;
  }

  private static Schema schema(ChangeColumn column) {
    return switch (column) {
      case CDC_TIME -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
      case CDC_TTL -> Schema.create(Schema.Type.BOOLEAN);
      case CDC_DIGEST, CDC_OLD_DIGEST, NEW_IMAGE, OLD_IMAGE ->
          Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING));
      case CDC_OP, CDC_SEQ, CDC_SHARD, CDC_STREAM, CDC_EVENT_ID, CDC_ORIGIN ->
          Schema.create(Schema.Type.STRING);
    };
  }

  /** Athena does not tell upper from lower case in column names, so neither may we. */
  private static void refuseUnusable(List<KeyAttribute> keys) {
    if (keys.isEmpty() || keys.size() > 2) {
      throw new IllegalArgumentException(
          "A table has one or two key attributes, not " + keys + "; give its key schema");
    }
    Set<String> taken = new HashSet<>(PARTITIONS);
    for (ChangeColumn column : ChangeColumn.values()) {
      taken.add(column.columnName());
    }
    for (KeyAttribute key : keys) {
      if (!taken.add(key.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "The key attribute '"
                + key.name()
                + "' cannot be a column of its own: but for upper and lower case, another key"
                + " or a column of the lake has the same name. Take the table out of 'tables',"
                + " or copy its data to a table whose keys have other names");
      }
    }
  }
}
