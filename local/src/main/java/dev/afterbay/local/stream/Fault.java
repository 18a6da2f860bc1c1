package dev.afterbay.local.stream;

import java.time.Duration;

/** What happens to a call instead of, or before, its proper answer. */
public sealed interface Fault {
  /** How accounts name it. */
  String name();

  /**
   * An error answer.
   *
   * @param type its short name, such as {@code LimitExceededException}
   */
  record Refusal(String type, int status, String message) implements Fault {
    private static final int CLIENT = 400;

    @Override
    public String name() {
      return type;
    }

    /** The proper answer of a model that was asked for something it cannot give. */
    static Refusal invalid(String message) {
      return new Refusal("ValidationException", CLIENT, message);
    }
  }

  /** The proper answer, but late. */
  record Slow(Duration delay) implements Fault {
    @Override
    public String name() {
      return "Slow";
    }
  }

  /** No answer: the connection is held open for so long, then cut. */
  record Silence(Duration held) implements Fault {
    @Override
    public String name() {
      return "Silence";
    }
  }

  /** Too many calls; the SDK itself tries again. */
  static Refusal rateExceeded() {
    return new Refusal(
        "ThrottlingException", 400, "Rate of requests exceeds the allowed throughput");
  }

  /** Too many readers of a shard; the SDK leaves this to its caller. */
  static Refusal throttled() {
    return new Refusal(
        "LimitExceededException", 400, "Rate exceeded for shard; at most 2 readers a shard");
  }

  /** A failure inside of DynamoDB. */
  static Refusal internalError() {
    return new Refusal("InternalServerError", 500, "The request processing has failed");
  }

  /** DynamoDB is not there for the moment. */
  static Refusal unavailable() {
    return new Refusal("ServiceUnavailable", 503, "The service is unavailable; please retry");
  }

  /** The iterator is too old. */
  static Refusal expired() {
    return new Refusal("ExpiredIteratorException", 400, "Iterator expired; request a new one");
  }

  /** The place is before the oldest record. */
  static Refusal trimmed() {
    return new Refusal(
        "TrimmedDataAccessException",
        400,
        "Attempt to get records past the oldest stream record in the shard");
  }

  /** There is no such stream or shard. */
  static Refusal notFound(String what) {
    return new Refusal(
        "ResourceNotFoundException", 400, "Requested resource not found: " + what + " not found");
  }

  /** The caller may not. */
  static Refusal accessDenied() {
    return new Refusal(
        "AccessDeniedException", 400, "The caller is not authorized to perform this operation");
  }
}
