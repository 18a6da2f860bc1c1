package dev.afterbay.sinks.tostorage;

/** A request to the object store that gave no answer; sorted by what the caller may do. */
public final class ObjectStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What the caller may do. */
  public enum Kind {
    /** The store refuses: access denied, no such bucket. Asking again is of no use. */
    REFUSED,
    /** The store cannot be reached or is unwell. Asking again later may help. */
    UNAVAILABLE
  }

  /** An exception of this kind; the cause is the vendor's own. */
  public ObjectStoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** An exception of this kind. */
  public ObjectStoreException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What the caller may do. */
  public Kind kind() {
    return kind;
  }
}
