package dev.afterbay.sinks.tocatalog;

/** What became of a request to create a table. */
public enum CreateAnswer {
  /** The table is there as it was asked for. */
  CREATED,
  /** A table or view of that name was there already. Nothing was done. */
  OCCUPIED
}
