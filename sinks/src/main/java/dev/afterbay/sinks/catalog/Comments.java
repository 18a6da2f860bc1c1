package dev.afterbay.sinks.catalog;

import dev.afterbay.transforms.change.ChangeColumn;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.EntitySchema;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What the columns of the lake hold, in a sentence each. */
final class Comments {
  /** A catalog takes no longer ones. */
  private static final int LONGEST = 255;

  private Comments() {}

  static String of(ChangeColumn column) {
    return switch (column) {
      case CDC_OP -> "What happened to the item: INSERT, MODIFY or REMOVE";
      case CDC_TIME -> "When it happened, UTC, to the second; never decreases along a shard";
      case CDC_SEQ -> "Sequence number in the stream, 40 digits; orders the changes of a key";
      case CDC_SHARD -> "Shard of the stream";
      case CDC_STREAM -> "Label of the stream, which is its time of creation";
      case CDC_EVENT_ID -> "Identifier of the stream record";
      case CDC_ORIGIN -> "Where the row came from: STREAM, EXPORT, HEAL or REPAIR";
      case CDC_TTL -> "Whether the item was removed by time to live";
      case CDC_DIGEST -> "128-bit digest of the item after the change, hex; null if it is gone";
      case CDC_OLD_DIGEST -> "128-bit digest of the item before the change, hex; null if new";
      case NEW_IMAGE -> "The item after the change, DynamoDB JSON; null if it is gone";
      case OLD_IMAGE -> "The item before the change, DynamoDB JSON; null if it is new";
    };
  }

  /** The comment of a column that bears one of the names of the raw changes. */
  static String ofName(String name) {
    return of(ChangeColumn.valueOf(name.toUpperCase(Locale.ROOT)));
  }

  /** The comments of those columns of a typed table that the raw changes do not have. */
  static Map<String, String> of(EntitySchema schema) {
    Map<String, String> comments = new HashMap<>();
    comments.put(EntitySchema.CDC_KEY, "Key of the item, DynamoDB JSON; the same for all its rows");
    comments.put(
        EntitySchema.CDC_EXTRA, "What the columns do not hold exactly, DynamoDB JSON; else null");
    schema.columns().forEach(column -> comments.put(column.name(), cut(of(column))));
    return comments;
  }

  private static String of(Column column) {
    String type = column.type().text();
    if (column.source() instanceof Column.Source.Captured captured) {
      return "%s captured of key attribute %s".formatted(described(type), captured.attribute());
    }
    if (column.source() instanceof Column.Source.Templated templated) {
      return "%s captured of attribute %s by %s"
          .formatted(described(type), templated.attribute(), templated.template());
    }
    return "%s of attribute %s"
        .formatted(described(type), ((Column.Source.Attribute) column.source()).name());
  }

  /** Times say their zone and what they were read from; the other types say it all. */
  private static String described(String type) {
    return type.startsWith("timestamp") ? "Time, UTC (" + type + ")" : type;
  }

  private static String cut(String comment) {
    return comment.length() <= LONGEST ? comment : comment.substring(0, LONGEST - 1) + "…";
  }
}
