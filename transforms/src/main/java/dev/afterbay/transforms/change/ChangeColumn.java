package dev.afterbay.transforms.change;

import java.util.Locale;

/**
 * A column of the raw {@code changes} table that every source table has, in the order of the table;
 * the key attributes stand between {@link #CDC_OLD_DIGEST} and {@link #NEW_IMAGE}.
 */
public enum ChangeColumn {
  /** The {@link Operation}. */
  CDC_OP,
  /** When the change happened, UTC, in microseconds; never decreases along a shard's lineage. */
  CDC_TIME,
  /** The sequence number, 40 digits. */
  CDC_SEQ,
  /** The shard. */
  CDC_SHARD,
  /** The label of the stream. */
  CDC_STREAM,
  /** The stream's identifier of the record. */
  CDC_EVENT_ID,
  /** Where the row came from. */
  CDC_ORIGIN,
  /** Whether the item was removed by TTL. */
  CDC_TTL,
  /** The digest of the new image. */
  CDC_DIGEST,
  /** The digest of the old image. */
  CDC_OLD_DIGEST,
  /** The item after the change, in canonical DynamoDB JSON. */
  NEW_IMAGE,
  /** The item before the change, in canonical DynamoDB JSON. */
  OLD_IMAGE;

  private final String columnName = name().toLowerCase(Locale.ROOT);

  /** The column's name in files and in SQL. */
  public String columnName() {
    return columnName;
  }
}
