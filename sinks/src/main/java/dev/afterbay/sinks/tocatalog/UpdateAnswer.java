package dev.afterbay.sinks.tocatalog;

/** What became of a request to update a table. */
public enum UpdateAnswer {
  /** The table is as it was asked for. */
  UPDATED,
  /** Somebody else changed or dropped it first. Nothing was done. */
  OUTRUN
}
