package dev.afterbay.transforms.fromstream;

import org.jspecify.annotations.Nullable;

/**
 * A stream record that cannot become a change event without losing or inventing something.
 *
 * <p>Reading it again will not help: the caller sets the record aside raw, or stops. The message
 * says what is wrong, with which value, and what to do.
 */
public final class UndecodableRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  UndecodableRecordException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
