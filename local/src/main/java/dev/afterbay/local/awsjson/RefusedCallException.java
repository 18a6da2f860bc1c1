package dev.afterbay.local.awsjson;

/** A call that is answered with HTTP 400 and an error of the service. */
public final class RefusedCallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String type;

  /**
   * An error as the service names it.
   *
   * @param type for example {@code EntityNotFoundException}
   * @param message for people
   */
  public RefusedCallException(String type, String message) {
    super(message, null, false, false);
    this.type = type;
  }

  /** The service's name of the error. */
  public String type() {
    return type;
  }

  /** The sentence for people. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
