package dev.afterbay.transforms.typed;

import dev.afterbay.transforms.change.ChangeColumn;
import dev.afterbay.transforms.typed.Column.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** The columns of a typed table at one version; later versions only add columns, at the end. */
public final class EntitySchema {
  /** The column of the key attributes, in canonical DynamoDB JSON. */
  public static final String CDC_KEY = "cdc_key";

  /** The column of what the others do not hold exactly, in canonical DynamoDB JSON. */
  public static final String CDC_EXTRA = "cdc_extra";

  /** So many columns may an entity have; a table with more is of use to nobody. */
  public static final int MOST_COLUMNS = 500;

  private static final String NAMESPACE = "dev.afterbay.entities";

  /** Avro keeps {@code type} to itself. */
  static final String TYPE_PROPERTY = "column-type";

  static final String ATTRIBUTE_PROPERTY = "attribute";
  private static final String KEY_PROPERTY = "key-attribute";
  private static final String TEMPLATED_PROPERTY = "template-attribute";
  private static final String TEMPLATE_PROPERTY = "template";
  private static final String DELIMITER_PROPERTY = "delimiter";
  private static final String CAPTURE_PROPERTY = "capture";

  private final String entity;
  private final int version;
  private final List<Column> columns;
  private final Set<String> names = new HashSet<>();
  private final Set<Source> sources = new HashSet<>();
  private final Schema avro;

  private EntitySchema(String entity, int version, List<Column> columns) {
    this.entity = entity;
    this.version = version;
    this.columns = List.copyOf(columns);
    for (Column column : columns) {
      names.add(lower(column.name()));
      sources.add(column.source());
    }
    this.avro = Schema.createRecord(entity, null, NAMESPACE, false, fields(columns));
  }

  /**
   * The first version.
   *
   * @throws IllegalArgumentException if two columns have one name or one source, or if there are
   *     too many
   */
  public static EntitySchema first(String entity, List<Column> columns) {
    EntitySchema schema = new EntitySchema(entity, 1, columns);
    if (columns.size() > MOST_COLUMNS) {
      throw new IllegalArgumentException(
          "'%s' has %d columns; at most %d are possible: leave some to cdc_extra"
              .formatted(entity, columns.size(), MOST_COLUMNS));
    }
    if (schema.names.size() < columns.size() || schema.sources.size() < columns.size()) {
      throw new IllegalArgumentException(
          "'%s' has two columns of one name or one attribute among %s"
                  .formatted(entity, columns.stream().map(Column::name).toList())
              + "; SQL does not tell upper from lower case");
    }
    return schema;
  }

  /**
   * Reads a version as {@link #text()} gave it out.
   *
   * @throws IllegalArgumentException if it is not such a schema
   */
  public static EntitySchema parse(int version, String text) {
    try {
      Schema read = new Schema.Parser().parse(text);
      List<Schema.Field> fields = read.getFields();
      List<Column> columns = new ArrayList<>();
      for (Schema.Field field : fields.subList(common().size(), fields.size())) {
        columns.add(
            new Column(field.name(), source(field), ColumnType.parse(said(field, TYPE_PROPERTY))));
      }
      EntitySchema schema = new EntitySchema(read.getName(), version, columns);
      if (!schema.avro.equals(read)) {
        throw new IllegalArgumentException("it has other columns than it says");
      }
      return schema;
    } catch (AvroRuntimeException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Version " + version + " of a schema is not one of a typed table: " + e.getMessage(), e);
    }
  }

  /**
   * The next version, with more columns. Left out are those that {@link #refusal} tells of, and
   * columns for what has one; if none is left, it is this version.
   */
  public EntitySchema plus(List<Column> columns) {
    List<Column> all = new ArrayList<>(this.columns);
    Set<String> taken = new HashSet<>(names);
    Set<Source> had = new HashSet<>(sources);
    for (Column column : columns) {
      if (all.size() < MOST_COLUMNS
          && !had.contains(column.source())
          && taken.add(lower(column.name()))) {
        had.add(column.source());
        all.add(column);
      }
    }
    return all.size() == this.columns.size() ? this : new EntitySchema(entity, version + 1, all);
  }

  /** Why a further column cannot have a name: it is taken, or the table is full. */
  public Optional<Reason> refusal(String name) {
    if (names.contains(lower(name)) || Column.refusal(name).isPresent()) {
      return Optional.of(Reason.NAME);
    }
    return columns.size() < MOST_COLUMNS ? Optional.empty() : Optional.of(Reason.FULL);
  }

  /** The name of the entity. */
  public String entity() {
    return entity;
  }

  /** From 1. */
  public int version() {
    return version;
  }

  /** The columns after those that every typed table has. */
  public List<Column> columns() {
    return columns;
  }

  /** The Avro schema of the rows. */
  public Schema avro() {
    return avro;
  }

  /** The Avro schema as JSON text, for the schema log. */
  public String text() {
    return avro.toString();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static List<Schema.Field> fields(List<Column> columns) {
    List<Schema.Field> fields = common();
    for (Column column : columns) {
      Schema.Field field = StructType.nullable(column.name(), column.type().avro());
      describe(column.source(), field);
      field.addProp(TYPE_PROPERTY, column.type().text());
      fields.add(field);
    }
    return fields;
  }

  private static void describe(Source source, Schema.Field field) {
    if (source instanceof Source.Attribute attribute) {
      field.addProp(ATTRIBUTE_PROPERTY, attribute.name());
    } else if (source instanceof Source.Captured captured) {
      field.addProp(KEY_PROPERTY, captured.attribute());
      field.addProp(CAPTURE_PROPERTY, captured.capture());
    } else if (source instanceof Source.Templated templated) {
      field.addProp(TEMPLATED_PROPERTY, templated.attribute());
      field.addProp(TEMPLATE_PROPERTY, templated.template());
      field.addProp(DELIMITER_PROPERTY, Character.toString(templated.delimiter()));
      field.addProp(CAPTURE_PROPERTY, templated.capture());
    }
  }

  private static Source source(Schema.Field field) {
    if (field.getProp(KEY_PROPERTY) != null) {
      return new Source.Captured(said(field, KEY_PROPERTY), said(field, CAPTURE_PROPERTY));
    }
    if (field.getProp(TEMPLATED_PROPERTY) != null) {
      return new Source.Templated(
          said(field, TEMPLATED_PROPERTY),
          said(field, TEMPLATE_PROPERTY),
          said(field, DELIMITER_PROPERTY).charAt(0),
          said(field, CAPTURE_PROPERTY));
    }
    return new Source.Attribute(said(field, ATTRIBUTE_PROPERTY));
  }

  private static String said(Schema.Field field, String property) {
    String value = field.getProp(property);
    if (value == null) {
      throw new IllegalArgumentException(
          "the field '" + field.name() + "' has no property '" + property + "'");
    }
    return value;
  }

  /** The columns that every typed table has. */
  private static List<Schema.Field> common() {
    List<Schema.Field> fields = new ArrayList<>();
    for (ChangeColumn column : ChangeColumn.values()) {
      switch (column) {
        case CDC_TIME ->
            fields.add(new Schema.Field(column.columnName(), TimestampType.ISO.avro()));
        case CDC_TTL -> fields.add(new Schema.Field(column.columnName(), PlainType.BOOLEAN.avro()));
        case CDC_DIGEST, CDC_OLD_DIGEST ->
            fields.add(StructType.nullable(column.columnName(), PlainType.STRING.avro()));
        case CDC_OP, CDC_SEQ, CDC_SHARD, CDC_STREAM, CDC_EVENT_ID, CDC_ORIGIN ->
            fields.add(new Schema.Field(column.columnName(), PlainType.STRING.avro()));
        case NEW_IMAGE, OLD_IMAGE -> {}
      }
    }
    fields.add(new Schema.Field(CDC_KEY, PlainType.STRING.avro()));
    fields.add(StructType.nullable(CDC_EXTRA, PlainType.STRING.avro()));
    return fields;
  }
}
