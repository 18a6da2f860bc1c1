package dev.afterbay.sinks.commit;

import org.jspecify.annotations.Nullable;

/** An object in the commit log that is not an entry; the message says what is wrong with it. */
final class UnreadableEntryException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableEntryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
