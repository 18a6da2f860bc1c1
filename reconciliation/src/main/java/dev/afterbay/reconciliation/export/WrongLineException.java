package dev.afterbay.reconciliation.export;

/** A line that is not what it should be; the message follows "line n" and has no content of it. */
final class WrongLineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongLineException(String message) {
    super(message);
  }
}
