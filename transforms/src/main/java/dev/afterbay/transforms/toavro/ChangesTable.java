package dev.afterbay.transforms.toavro;

import dev.afterbay.transforms.change.ChangeColumn;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.Origin;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * The raw {@code changes} table of one source table: its Avro schema, and the rows between change
 * events and files. Rows are lossless.
 */
public final class ChangesTable {
  private final List<KeyAttribute> keys;
  private final Schema schema;

  /**
   * The table for a source table with these key attributes.
   *
   * @param keys the partition key, and the sort key if there is one
   * @throws IllegalArgumentException if a key's name cannot be a column beside the others
   */
  public ChangesTable(List<KeyAttribute> keys) {
    this.keys = List.copyOf(keys);
    this.schema = ChangesSchema.of(this.keys);
  }

  /** The key attributes, the partition key first. */
  public List<KeyAttribute> keys() {
    return keys;
  }

  /**
   * The Avro schema of the rows. Key attributes stand under their own names, whatever characters
   * these have: to parse the schema's text, use Avro's {@code NameValidator.NO_VALIDATION}.
   */
  public Schema schema() {
    return schema;
  }

  /**
   * The row of a change that the stream told.
   *
   * @param cdcTime the time that the shard's cursor gave to the change
   * @throws OtherKeysException if the change does not have the keys of this table
   */
  public GenericRecord row(StreamShard shard, ChangeEvent event, Instant cdcTime) {
    return row(Origin.STREAM, shard, event, cdcTime);
  }

  /**
   * The row of a change.
   *
   * @param cdcTime the time of the row
   * @throws OtherKeysException if the change does not have the keys of this table
   */
  public GenericRecord row(Origin origin, StreamShard shard, ChangeEvent event, Instant cdcTime) {
    Map<String, Value> keyValues = event.keys().item().attributes();
    if (keyValues.size() != keys.size()) {
      throw otherKeys(shard, event);
    }
    GenericRecord row = new GenericData.Record(schema);
    int column = 0;
    row.put(column++, event.operation().name());
    row.put(column++, ChronoUnit.MICROS.between(Instant.EPOCH, cdcTime));
    row.put(column++, event.sequenceNumber().padded());
    row.put(column++, shard.shard().value());
    row.put(column++, shard.stream().value());
    row.put(column++, event.eventId());
    row.put(column++, origin.name());
    row.put(column++, event.removedByTtl());
    row.put(column++, digest(event.newImage()));
    row.put(column++, digest(event.oldImage()));
    for (KeyAttribute key : keys) {
      Object value = key.type().toColumn(keyValues.get(key.name()));
      if (value == null) {
        throw otherKeys(shard, event);
      }
      row.put(column++, value);
    }
    row.put(column++, json(event.newImage()));
    row.put(column, json(event.oldImage()));
    return row;
  }

  /**
   * The change that a row holds. Its {@code approximateCreation} is the row's {@code cdc_time},
   * which is later than what the stream said where the stream's time stepped back.
   *
   * @throws IllegalArgumentException if the row is not one of this table, or an image does not
   *     agree with its digest
   */
  public ChangeEvent event(GenericRecord row) {
    Map<String, Value> keyValues = new HashMap<>();
    for (KeyAttribute key : keys) {
      keyValues.put(key.name(), key.type().fromColumn(required(row, key.name())));
    }
    return new ChangeEvent(
        Operation.valueOf(text(row, ChangeColumn.CDC_OP)),
        Instant.EPOCH.plus((long) required(row, ChangeColumn.CDC_TIME), ChronoUnit.MICROS),
        new SequenceNumber(text(row, ChangeColumn.CDC_SEQ)),
        text(row, ChangeColumn.CDC_EVENT_ID),
        (boolean) required(row, ChangeColumn.CDC_TTL),
        Image.of(new Item(keyValues)),
        image(row, ChangeColumn.NEW_IMAGE, ChangeColumn.CDC_DIGEST),
        image(row, ChangeColumn.OLD_IMAGE, ChangeColumn.CDC_OLD_DIGEST));
  }

  private OtherKeysException otherKeys(StreamShard shard, ChangeEvent event) {
    return new OtherKeysException(
        "The change "
            + event.sequenceNumber()
            + " of "
            + shard
            + " does not have the keys "
            + keys
            + ", with which the table was described. If the table was created anew, restart so"
            + " that its new keys are read");
  }

  private static @Nullable String digest(@Nullable Image image) {
    return image == null ? null : image.digest();
  }

  private static @Nullable Utf8 json(@Nullable Image image) {
    return image == null ? null : new Utf8(image.utf8());
  }

  private static @Nullable Image image(
      GenericRecord row, ChangeColumn imageColumn, ChangeColumn digestColumn) {
    Object json = optional(row, imageColumn.columnName());
    Object digest = optional(row, digestColumn.columnName());
    Image image = json == null ? null : Image.parse(json.toString());
    String expected = digest == null ? null : digest.toString();
    if (!Objects.equals(digest(image), expected)) {
      throw new IllegalArgumentException(
          "The image in column '"
              + imageColumn.columnName()
              + "' of the change "
              + text(row, ChangeColumn.CDC_SEQ)
              + " does not agree with its digest "
              + expected
              + "; the file is damaged or was not written by Afterbay: run fsck");
    }
    return image;
  }

  private static String text(GenericRecord row, ChangeColumn column) {
    return required(row, column).toString();
  }

  private static Object required(GenericRecord row, ChangeColumn column) {
    return required(row, column.columnName());
  }

  private static Object required(GenericRecord row, String column) {
    Object value = optional(row, column);
    if (value == null) {
      throw new IllegalArgumentException(
          "Column '" + column + "' is null in a row of changes; the file is damaged or not ours");
    }
    return value;
  }

  private static @Nullable Object optional(GenericRecord row, String column) {
    if (!row.hasField(column)) {
      throw new IllegalArgumentException(
          "A row of changes has no column '" + column + "'; read the file with all its columns");
    }
    return row.get(column);
  }
}
