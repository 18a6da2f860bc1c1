package dev.afterbay.local.torture;

/** The torture itself cannot go on; the message is meant for the person at the terminal. */
public final class TortureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TortureException(String message) {
    super(message);
  }

  public TortureException(String message, Throwable cause) {
    super(message, cause);
  }
}
