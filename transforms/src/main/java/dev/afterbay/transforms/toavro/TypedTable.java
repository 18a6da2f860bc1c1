package dev.afterbay.transforms.toavro;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.Origin;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.Template;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.Column.Source.Captured;
import dev.afterbay.transforms.typed.Column.Source.Templated;
import dev.afterbay.transforms.typed.EntitySchema;
import dev.afterbay.transforms.typed.Fit;
import dev.afterbay.transforms.typed.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * A typed table at one version of its schema: its rows, and the items that they hold. Any thread
 * may use it.
 */
public final class TypedTable {
  /**
   * What a row's columns do not hold, or do not give back as it was.
   *
   * @param attribute its name
   * @param value what it is
   * @param reason why; it is in {@code cdc_extra} too, but for keys, which are in {@code cdc_key}
   */
  public record Extra(String attribute, Value value, Reason reason) {}

  /**
   * A row, and what its columns do not hold.
   *
   * @param row of the table's schema
   * @param extras one for each attribute
   */
  public record TypedRow(GenericRecord row, List<Extra> extras) {}

  /**
   * What happened to an item as one of its entity.
   *
   * @param operation as the entity sees it
   * @param newImage null if the item is gone from the entity
   * @param oldImage null if it was not in the entity before
   */
  public record Sight(Operation operation, @Nullable Image newImage, @Nullable Image oldImage) {}

  private final EntitySchema schema;
  private final Schema avro;
  private final int extraPosition;

  /** By attribute, where its value goes; of the others nothing is known yet. */
  private final Map<String, Place> places = new HashMap<>();

  /** The columns that attributes are rebuilt from. */
  private final Map<Written, CapturedColumns> captured = new LinkedHashMap<>();

  /** The table of an entity. */
  public TypedTable(Entity entity, EntitySchema schema) {
    this.schema = schema;
    this.avro = schema.avro();
    this.extraPosition = avro.getField(EntitySchema.CDC_EXTRA).pos();
    for (Column column : schema.columns()) {
      if (column.source() instanceof Column.Source.Attribute attribute) {
        int position = avro.getField(column.name()).pos();
        places.put(attribute.name(), new AttributeColumn(position, column));
      }
    }
    Map<Column.Source, Column> bySource = new HashMap<>();
    schema.columns().forEach(column -> bySource.put(column.source(), column));
    entity
        .match()
        .forEach(
            (key, template) ->
                places.put(
                    key,
                    new KeyColumns(
                        capturedColumns(
                            template, capture -> new Captured(key, capture.name()), bySource),
                        places.get(key))));
    entity
        .capture()
        .forEach(
            (name, template) ->
                places.put(
                    name,
                    capturedColumns(
                        template, capture -> template.source(name, capture), bySource)));
    schema.columns().forEach(column -> rememberTemplate(column.source(), bySource));
    entity.omit().forEach(name -> places.put(name, Place.NOWHERE));
  }

  /** The version of the schema. */
  public EntitySchema schema() {
    return schema;
  }

  /**
   * The row of a change that the stream told.
   *
   * @param cdcTime the time that the shard's cursor gave to the change
   * @param sight what the entity sees of it
   */
  public TypedRow row(StreamShard shard, ChangeEvent event, Instant cdcTime, Sight sight) {
    return row(Origin.STREAM, shard, event, cdcTime, sight);
  }

  /**
   * The row of a change.
   *
   * @param cdcTime the time of the row
   * @param sight what the entity sees of it
   */
  public TypedRow row(
      Origin origin, StreamShard shard, ChangeEvent event, Instant cdcTime, Sight sight) {
    Image newImage = sight.newImage();
    Image oldImage = sight.oldImage();
    GenericRecord row = new GenericData.Record(avro);
    int column = 0;
    row.put(column++, sight.operation().name());
    row.put(column++, ChronoUnit.MICROS.between(Instant.EPOCH, cdcTime));
    row.put(column++, event.sequenceNumber().padded());
    row.put(column++, shard.shard().value());
    row.put(column++, shard.stream().value());
    row.put(column++, event.eventId());
    row.put(column++, origin.name());
    row.put(column++, event.removedByTtl());
    row.put(column++, newImage == null ? null : newImage.digest());
    row.put(column++, oldImage == null ? null : oldImage.digest());
    row.put(column, event.keys().json());
    Image shown = newImage != null ? newImage : oldImage != null ? oldImage : event.keys();
    RowInMaking making = new RowInMaking(row);
    for (Map.Entry<String, Value> attribute : shown.item().attributes().entrySet()) {
      String name = attribute.getKey();
      Place place = places.get(name);
      if (place == null) {
        making.setAside(name, attribute.getValue(), whyUnknown(name, attribute.getValue()));
      } else {
        place.fill(making, name, attribute.getValue());
      }
    }
    row.put(extraPosition, making.extraJson());
    return new TypedRow(row, making.extras);
  }

  /**
   * The item that a row shows, without the attributes that the entity omits.
   *
   * @param row of this version or of an earlier one
   * @throws IllegalArgumentException if the row is not one of a typed table
   */
  public Item item(GenericRecord row) {
    Map<String, Value> attributes = new HashMap<>();
    for (Column column : schema.columns()) {
      if (column.source() instanceof Column.Source.Attribute attribute) {
        Object content = content(row, column.name());
        if (content != null) {
          attributes.put(attribute.name(), column.type().valueOf(content));
        }
      }
    }
    captured.forEach(
        (written, columns) -> {
          String text = columns.render(row);
          if (text != null) {
            attributes.put(written.attribute(), new Value.S(text));
          }
        });
    Object keys = content(row, EntitySchema.CDC_KEY);
    if (keys == null) {
      throw new IllegalArgumentException(
          "A row of '" + schema.entity() + "' has no cdc_key; read the file with all its columns");
    }
    attributes.putAll(Image.parse(keys.toString()).item().attributes());
    Object extra = content(row, EntitySchema.CDC_EXTRA);
    if (extra != null) {
      attributes.putAll(Image.parse(extra.toString()).item().attributes());
    }
    return new Item(attributes);
  }

  /** What is not a column of an earlier version is null in its rows. */
  private static @Nullable Object content(GenericRecord row, String column) {
    return row.hasField(column) ? row.get(column) : null;
  }

  private Reason whyUnknown(String attribute, Value value) {
    return value instanceof Value.Null
        ? Reason.NULL
        : schema.refusal(Column.nameOf(attribute)).orElse(Reason.UNKNOWN);
  }

  /** Also templates of which the configuration says nothing any more: old rows hold their text. */
  private void rememberTemplate(Column.Source source, Map<Column.Source, Column> bySource) {
    if (source instanceof Templated templated) {
      Template template = Template.parse(templated.template(), templated.delimiter());
      String name = templated.attribute();
      captured.putIfAbsent(
          new Written(name, template),
          capturedColumns(template, capture -> template.source(name, capture), bySource));
    }
  }

  private CapturedColumns capturedColumns(
      Template template,
      Function<Template.Capture, Column.Source> source,
      Map<Column.Source, Column> bySource) {
    List<Template.Capture> captures = template.captures();
    @Nullable Column[] columns = new Column[captures.size()];
    int[] positions = new int[columns.length];
    for (int i = 0; i < columns.length; i++) {
      Column column = bySource.get(source.apply(captures.get(i)));
      columns[i] = column;
      positions[i] = column == null ? -1 : avro.getField(column.name()).pos();
    }
    return new CapturedColumns(template, columns, positions);
  }

  /** A template by which some rows were written. */
  private record Written(String attribute, Template template) {}

  /** Where the value of an attribute goes. */
  private interface Place {
    Place NOWHERE = (making, attribute, value) -> {};

    void fill(RowInMaking making, String attribute, Value value);
  }

  /** A column of its own. */
  private record AttributeColumn(int position, Column column) implements Place {
    @Override
    public void fill(RowInMaking making, String attribute, Value value) {
      Fit fit = column.type().fit(value);
      if (fit instanceof Fit.Exact exact) {
        making.row.put(position, exact.content());
      } else if (fit instanceof Fit.Respelled respelled) {
        making.row.put(position, respelled.content());
        making.setAside(attribute, value, Reason.SPELLING);
      } else {
        making.setAside(attribute, value, ((Fit.Misfit) fit).reason());
      }
    }
  }

  /** The columns of what a template captures; null where the table has none. */
  private static final class CapturedColumns implements Place {
    private final Template template;
    private final @Nullable Column[] columns;
    private final int[] positions;

    CapturedColumns(Template template, @Nullable Column[] columns, int[] positions) {
      this.template = template;
      this.columns = columns;
      this.positions = positions;
    }

    @Override
    public void fill(RowInMaking making, String attribute, Value value) {
      if (!(value instanceof Value.S string) || !fillAll(making.row, string.text())) {
        making.setAside(attribute, value, Reason.TEMPLATE);
      }
    }

    /** Whether the columns alone give back the text. */
    boolean fillAll(GenericRecord row, String text) {
      List<String> texts = template.match(text).orElse(List.of());
      boolean whole = !texts.isEmpty();
      for (int i = 0; i < texts.size(); i++) {
        Column column = columns[i];
        if (column != null && column.type().fitText(texts.get(i)) instanceof Fit.Exact exact) {
          row.put(positions[i], exact.content());
        } else {
          whole = false;
        }
      }
      return whole;
    }

    /** The text that was captured; null if a column is null. */
    @Nullable String render(GenericRecord row) {
      List<String> texts = new ArrayList<>(columns.length);
      for (Column column : columns) {
        Object content = column == null ? null : content(row, column.name());
        if (column == null || content == null) {
          return null;
        }
        texts.add(column.type().textOf(content));
      }
      return texts.isEmpty() ? null : template.render(texts);
    }

    boolean isEmpty() {
      return columns.length == 0;
    }
  }

  /** A key attribute, which is exact in {@code cdc_key} whatever its columns hold. */
  private record KeyColumns(CapturedColumns captured, @Nullable Place own) implements Place {
    @Override
    public void fill(RowInMaking making, String attribute, Value value) {
      String text =
          value instanceof Value.S string
              ? string.text()
              : value instanceof Value.N number ? number.number() : null;
      if (!captured.isEmpty() && (text == null || !captured.fillAll(making.row, text))) {
        making.extras.add(new Extra(attribute, value, Reason.TEMPLATE));
      }
      if (own != null) {
        own.fill(making, attribute, value);
      }
    }
  }

  /** A row, and what is set aside on the way. */
  private static final class RowInMaking {
    private final GenericRecord row;
    private List<Extra> extras = new ArrayList<>(0);
    private @Nullable Map<String, Value> extra;

    RowInMaking(GenericRecord row) {
      this.row = row;
    }

    void setAside(String attribute, Value value, Reason reason) {
      extras.add(new Extra(attribute, value, reason));
      if (extra == null) {
        extra = new HashMap<>();
      }
      extra.put(attribute, value);
    }

    @Nullable String extraJson() {
      return extra == null ? null : Image.of(new Item(extra)).json();
    }
  }
}
