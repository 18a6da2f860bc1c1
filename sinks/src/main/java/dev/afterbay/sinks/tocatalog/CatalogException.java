package dev.afterbay.sinks.tocatalog;

/** A request to the catalog or its view engine that failed; sorted by what the caller may do. */
public final class CatalogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What the caller may do. */
  public enum Kind {
    /** Asking again is of no use: denied, invalid, or somebody else's table is in the way. */
    REFUSED,
    /** The catalog cannot be reached or is unwell. Asking again later may help. */
    UNAVAILABLE
  }

  /** An exception of this kind; the cause is the vendor's own. */
  public CatalogException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** An exception of this kind. */
  public CatalogException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What the caller may do. */
  public Kind kind() {
    return kind;
  }
}
