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

  private final String reason;

  UndecodableRecordException(String message, String reason, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /**
   * What is wrong, without anything of the item and without anything that is this record's alone,
   * so that it may be logged and counted by: {@code has no Keys}.
   */
  public String reason() {
    return reason;
  }
}
