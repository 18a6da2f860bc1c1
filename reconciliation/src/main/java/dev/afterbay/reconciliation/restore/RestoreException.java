package dev.afterbay.reconciliation.restore;

/** A restore that is refused or cannot go on; the message says what, which and the way out. */
public final class RestoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a sentence for the user. */
  public RestoreException(String sentence) {
    super(sentence);
  }

  /** With a sentence for the user, and what caused it. */
  public RestoreException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
