package dev.afterbay.sinks.check;

/** What can be wrong with a lake. */
public enum Damage {
  /** An object in the commit log is not an entry. */
  UNREADABLE_ENTRY,
  /** An entry does not start where the one before it ended. */
  BROKEN_CHAIN,
  /** An entry starts before the one before it ended: records are in the lake twice. */
  OVERLAP,
  /** An entry's sums do not continue those of the one before it, or of the parent's end. */
  WRONG_TOTALS,
  /** Entries follow the one that ended the shard. */
  ENTRY_AFTER_END,
  /** A shard has entries although its parent's log has not ended. */
  CHILD_BEFORE_PARENT_END,
  /** A committed file is not there, and its upload is gone. */
  MISSING_FILE,
  /** A file has another size than was committed. */
  WRONG_SIZE,
  /** A file holds another number of rows than was committed, or is no Parquet file. */
  WRONG_ROW_COUNT,
  /** The rows of a file cannot all be read. */
  UNREADABLE_ROWS,
  /** The rows of a file are not those that were committed, or not in their order. */
  WRONG_ROWS,
  /** A rewind was begun and is not complete: no worker goes on before it is. */
  UNFINISHED_REWIND,
  /** A typed table that was rederived lacks rows of an entry: derive them by another run. */
  NOT_DERIVED,
  /** A visible file that no entry names, or only one that was taken back. */
  STRAY_FILE;

  /** Whether it is what a commit's files hold: then they can be made once more. */
  public boolean ofContent() {
    return switch (this) {
      case MISSING_FILE, WRONG_SIZE, WRONG_ROW_COUNT, UNREADABLE_ROWS, WRONG_ROWS -> true;
      default -> false;
    };
  }
}
