package dev.afterbay.transforms.change;

/** Where a row of the lake comes from; the values of the column {@code cdc_origin}. */
public enum Origin {
  /** A record of the table's stream. */
  STREAM,
  /** An item of an export, in a snapshot. */
  EXPORT,
  /** An incremental export that tells of what a gap of the stream lost. */
  HEAL,
  /** The source table, where an audit found that the lake differs from it. */
  REPAIR
}
