package dev.afterbay.consumer.aws;

import dev.afterbay.reconciliation.export.ExportException;
import dev.afterbay.reconciliation.restore.RestoreException;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.tocatalog.CatalogException;
import dev.afterbay.sinks.tocatalog.CatalogException.Kind;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Turns an exception into the sentence that a user gets to read. */
public final class Sentences {
  private static final Set<String> BAD_CREDENTIALS =
      Set.of(
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidAccessKeyId",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "MissingAuthenticationToken",
          "IncompleteSignature");
  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired");
  private static final Set<String> OTHER_REGION =
      Set.of("PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraint");
  private static final Set<String> THROTTLED =
      Set.of(
          "SlowDown",
          "ThrottlingException",
          "RequestLimitExceeded",
          "LimitExceededException",
          "ProvisionedThroughputExceededException");

  private Sentences() {}

  /** The sentence for an exception: of its causes, the first that can be explained. */
  public static String of(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    for (Throwable link : chain) {
      // What the catalog refuses, it refuses with the way out; so do exports.
      if (link instanceof Failure
          || link instanceof LakeException
          || link instanceof ExportException
          || link instanceof RestoreException
          || link instanceof CatalogException refused && refused.kind() == Kind.REFUSED) {
        return message(link);
      }
    }
    @Nullable FailedCall call =
        chain.stream().flatMap(link -> FailedCall.of(link).stream()).findFirst().orElse(null);
    for (Throwable link : chain) {
      Optional<String> known = known(link, call);
      if (known.isPresent()) {
        return known.get();
      }
    }
    for (Throwable link : chain) {
      if (link instanceof ObjectStoreException || link instanceof CatalogException) {
        return message(link);
      }
    }
    if (call != null) {
      return call.service() + " failed at " + call.operation() + ": " + message(thrown);
    }
    return thrown instanceof IllegalArgumentException
        ? message(thrown)
        : "Unexpected: "
            + thrown.getClass().getSimpleName()
            + ": "
            + message(thrown)
            + " (--verbose logs where)";
  }

  private static Optional<String> known(Throwable link, @Nullable FailedCall call) {
    if (link instanceof AwsServiceException refused) {
      return Optional.of(refused(refused, call));
    }
    if (link instanceof InterruptedException
        || link instanceof AbortedException
        || (link instanceof InterruptedIOException && !(link instanceof SocketTimeoutException))) {
      return Optional.of("Interrupted before the answer was complete");
    }
    if (link instanceof FileSystemException refused) {
      String reason = refused.getReason();
      return Optional.of(
          "This machine's file system refuses "
              + refused.getFile()
              + ": "
              + (reason == null ? refused.getClass().getSimpleName() : reason));
    }
    if (link instanceof UnknownHostException) {
      return Optional.of(
          "There is no host for " + where(call) + "; check region and endpoints, and the network");
    }
    if (link instanceof ApiCallTimeoutException
        || link instanceof ApiCallAttemptTimeoutException
        || link instanceof SocketTimeoutException) {
      return Optional.of(
          "No answer in time from " + where(call) + "; check endpoints, and the network");
    }
    if (link instanceof ConnectException || link instanceof NoRouteToHostException) {
      return Optional.of(
          "Nobody answers at "
              + where(call)
              + "; is it running, and is the address in endpoints"
              + " right?");
    }
    if (link instanceof SSLException) {
      return Optional.of(
          "No secure connection to "
              + where(call)
              + ": "
              + message(link)
              + "; does the endpoint speak https?");
    }
    if (link instanceof SdkClientException
        && message(link).toLowerCase(Locale.ROOT).contains("unable to load credentials")) {
      return Optional.of(
          "There are no AWS credentials; set AWS_PROFILE or AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY, or give the task a role");
    }
    return Optional.empty();
  }

  private static String refused(AwsServiceException refused, @Nullable FailedCall call) {
    String code = code(refused);
    String service = call == null ? "AWS" : call.service();
    if (EXPIRED.contains(code)) {
      return "The AWS credentials have expired; renew them (for example: aws sso login)";
    }
    if (BAD_CREDENTIALS.contains(code)) {
      return service
          + " does not accept the AWS credentials ("
          + code
          + "); check AWS_PROFILE or"
          + " AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN";
    }
    if (isAccessDenied(refused)) {
      return call == null
          ? "Access denied: " + message(refused)
          : "Access denied: "
              + service
              + " refuses "
              + call.operation()
              + "; allow the IAM action "
              + call.action();
    }
    if ("NoSuchBucket".equals(code)) {
      return "The lake's bucket does not exist; create it, or correct 'lake'";
    }
    if (OTHER_REGION.contains(code) || refused.statusCode() == 301) {
      return "The lake's bucket is in another region; set 'region' to the region of bucket and"
          + " tables";
    }
    if (THROTTLED.contains(code)) {
      return service + " is throttling this account (" + code + "); try again in a minute";
    }
    if (refused instanceof ResourceNotFoundException) {
      return "Not found by " + service + ": " + detail(refused);
    }
    String operation = call == null ? "a request" : call.operation();
    return refused.statusCode() >= 500
        ? service
            + " failed at "
            + operation
            + " (status "
            + refused.statusCode()
            + "); try again later"
        : service + " refused " + operation + ": " + detail(refused);
  }

  /** Whether the service knows the caller but does not allow the request. */
  public static boolean isAccessDenied(AwsServiceException refused) {
    String code = code(refused);
    return code.startsWith("AccessDenied")
        || "UnauthorizedOperation".equals(code)
        || (refused.statusCode() == 403
            && !BAD_CREDENTIALS.contains(code)
            && !EXPIRED.contains(code));
  }

  private static String code(AwsServiceException refused) {
    String code = refused.awsErrorDetails() == null ? null : refused.awsErrorDetails().errorCode();
    return code == null ? "" : code;
  }

  private static String detail(AwsServiceException refused) {
    String detail =
        refused.awsErrorDetails() == null ? null : refused.awsErrorDetails().errorMessage();
    return detail == null || detail.isBlank() ? message(refused) : detail;
  }

  private static String where(@Nullable FailedCall call) {
    return call == null ? "AWS" : call.service() + " (" + call.endpoint() + ")";
  }

  private static String message(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
  }

  private static List<Throwable> chain(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> chain = new ArrayList<>();
    for (@Nullable Throwable link = thrown;
        link != null && seen.add(link);
        link = link.getCause()) {
      chain.add(link);
    }
    return chain;
  }
}
