package dev.afterbay.sinks.faults;

import dev.afterbay.sinks.tostorage.ObjectStoreException;

/** What S3 says instead of a success, if it says anything. */
public enum Reply {
  /** Nothing came back in time. */
  NONE(0, "no answer in time"),
  /** An error in the body of a success: S3 completes an upload while it already answers. */
  ERROR_IN_BODY(200, "InternalError"),
  DENIED(403, "AccessDenied"),
  CONFLICT(409, "ConditionalRequestConflict"),
  PRECONDITION_FAILED(412, "PreconditionFailed"),
  SLOW_DOWN(503, "SlowDown");

  private final int status;
  private final String code;

  Reply(int status, String code) {
    this.status = status;
    this.code = code;
  }

  /** The status of the HTTP response; 0 if there is none. */
  public int status() {
    return status;
  }

  /** S3's code of the error, or what is said if there is none. */
  public String code() {
    return code;
  }

  /** What an adapter throws for it. */
  ObjectStoreException exception() {
    return new ObjectStoreException(
        this == DENIED ? ObjectStoreException.Kind.REFUSED : ObjectStoreException.Kind.UNAVAILABLE,
        code);
  }
}
