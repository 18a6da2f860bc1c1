package dev.afterbay.local.aws;

/** The local endpoints cannot be started; the message is meant for the person at the terminal. */
public final class LocalAwsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LocalAwsException(String message) {
    super(message);
  }

  LocalAwsException(String message, Throwable cause) {
    super(message, cause);
  }
}
