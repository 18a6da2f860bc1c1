package dev.afterbay.reconciliation.export;

/** An export that cannot be had or cannot be read; sorted by what the caller may do. */
public final class ExportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What the caller may do. */
  public enum Kind {
    /** There is no such export before something is put right. Asking again is of no use. */
    REFUSED,
    /** DynamoDB began the export and gave it up. Asking again begins another. */
    FAILED,
    /** The files are not what the manifest says. Nothing read from them may be used. */
    DAMAGED,
    /** DynamoDB cannot be reached or is unwell. Asking again later may help. */
    UNAVAILABLE
  }

  /** An exception of this kind; the cause is the vendor's own. */
  public ExportException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** An exception of this kind. */
  public ExportException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What the caller may do. */
  public Kind kind() {
    return kind;
  }
}
