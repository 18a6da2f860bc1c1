package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.tocatalog.CatalogException.Kind;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;

/**
 * Translates the exceptions of one service's client, once.
 *
 * @param service as IAM actions begin, such as {@code glue}
 * @param wayOut what to do without the service, as an end of a sentence
 */
record SdkFailures(String service, String wayOut) {
  private static final int FORBIDDEN = 403;
  private static final int SERVER_ERROR = 500;
  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired");

  /** What gets better although it looks like a mistake of ours. */
  private static final Set<String> PASSING =
      Set.of(
          "ConcurrentModificationException",
          "InternalServerException",
          "InternalServiceException",
          "OperationTimeoutException",
          "ResourceNotFoundException",
          "ResourceNotReadyException",
          "TooManyRequestsException");

  /** A request through the client. */
  @FunctionalInterface
  interface Request<T> {
    T send();
  }

  /**
   * Sends a request.
   *
   * @param what it does, as it follows "Could not"
   * @param operation its name, which is also that of the IAM action
   */
  <T> T translating(String what, String operation, Request<T> request) {
    try {
      return request.send();
    } catch (SdkException e) {
      throw translated(what, operation, e);
    }
  }

  CatalogException translated(String what, String operation, SdkException e) {
    String failed = "Could not " + what + ": ";
    if (isDenied(e)) {
      return new CatalogException(
          Kind.REFUSED,
          failed
              + "access denied ("
              + detail(e)
              + "); allow the IAM action "
              + service
              + ":"
              + operation
              + " to the role of this process, as deploy/pipeline.yaml does, or "
              + wayOut,
          e);
    }
    return isPassing(e)
        ? new CatalogException(Kind.UNAVAILABLE, failed + detail(e), e)
        : new CatalogException(Kind.REFUSED, failed + detail(e) + "; " + wayOut, e);
  }

  private static boolean isDenied(SdkException e) {
    return e instanceof AwsServiceException refused
        && !EXPIRED.contains(code(refused))
        && (code(refused).startsWith("AccessDenied") || refused.statusCode() == FORBIDDEN);
  }

  private static boolean isPassing(SdkException e) {
    return !(e instanceof AwsServiceException refused)
        || refused.statusCode() >= SERVER_ERROR
        || RetryUtils.isThrottlingException(refused)
        || EXPIRED.contains(code(refused))
        || PASSING.contains(code(refused));
  }

  private static String detail(SdkException e) {
    if (e instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
      String message = refused.awsErrorDetails().errorMessage();
      if (message != null && !message.isBlank()) {
        return message.strip();
      }
    }
    return String.valueOf(e.getMessage());
  }

  private static String code(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    return code == null ? "" : code;
  }
}
