package dev.afterbay.reconciliation.fromdynamodb;

import dev.afterbay.reconciliation.export.ExportException;
import dev.afterbay.reconciliation.export.ExportException.Kind;
import dev.afterbay.reconciliation.export.ExportRequest;
import dev.afterbay.reconciliation.export.ExportStatus;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.InvalidExportTimeException;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;

/** Translates the client's exceptions about exports, once. */
final class ExportFailures {
  private static final int FORBIDDEN = 403;
  private static final int SERVER_ERROR = 500;

  /** What gets better although it looks like a mistake of ours. */
  private static final Set<String> PASSING =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "RequestExpired",
          "TokenRefreshRequired",
          "ExportConflictException",
          "LimitExceededException");

  private final DynamoDbClient dynamoDb;

  ExportFailures(DynamoDbClient dynamoDb) {
    this.dynamoDb = dynamoDb;
  }

  /** Why there is no such export. */
  ExportException atStart(ExportRequest request, SdkException e) {
    String failed = "Could not start " + request + ": ";
    String table = request.table().value();
    if (e instanceof PointInTimeRecoveryUnavailableException
        || e instanceof ContinuousBackupsUnavailableException) {
      return refused(
          failed
              + "the table has no point-in-time recovery, which exports need; switch it on: aws"
              + " dynamodb update-continuous-backups --table-name "
              + table
              + " --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true",
          e);
    }
    if (e instanceof InvalidExportTimeException) {
      return refused(failed + detail(e) + "; " + reach(table), e);
    }
    if (e instanceof TableNotFoundException || e instanceof ResourceNotFoundException) {
      return refused(failed + "there is no such table; correct its name or the region", e);
    }
    if (code(e).startsWith("S3") || code(e).equals("NoSuchBucket")) {
      String wayOut = new ExportStatus.Failed(code(e), detail(e)).wayOut(request.place());
      return refused(failed + code(e) + " (" + detail(e) + "); " + wayOut, e);
    }
    return translated("start " + request, "ExportTableToPointInTime", e);
  }

  /**
   * Why a request failed.
   *
   * @param what it does, as it follows "Could not"
   * @param operation its name, which is also that of the IAM action
   */
  ExportException translated(String what, String operation, SdkException e) {
    String failed = "Could not " + what + ": ";
    if (isPassing(e)) {
      return new ExportException(
          Kind.UNAVAILABLE, failed + detail(e) + "; the next run goes on from there", e);
    }
    if (isDenied(e)) {
      return refused(
          failed
              + "access denied ("
              + detail(e)
              + "); allow the IAM action dynamodb:"
              + operation
              + " to the role of this process",
          e);
    }
    return refused(failed + detail(e) + "; correct the table, the time or the bucket", e);
  }

  private String reach(String table) {
    try {
      PointInTimeRecoveryDescription recovery =
          dynamoDb
              .describeContinuousBackups(describe -> describe.tableName(table))
              .continuousBackupsDescription()
              .pointInTimeRecoveryDescription();
      return "choose a time between "
          + recovery.earliestRestorableDateTime()
          + " and "
          + recovery.latestRestorableDateTime();
    } catch (SdkException e) {
      // Only the sentence about another failure would have been better.
      return "choose a time that point-in-time recovery of the table reaches, and that has passed";
    }
  }

  private static ExportException refused(String message, SdkException e) {
    return new ExportException(Kind.REFUSED, message, e);
  }

  private static boolean isDenied(SdkException e) {
    return e instanceof AwsServiceException service
        && (code(e).startsWith("AccessDenied") || service.statusCode() == FORBIDDEN);
  }

  private static boolean isPassing(SdkException e) {
    return !(e instanceof AwsServiceException service)
        || service.statusCode() >= SERVER_ERROR
        || RetryUtils.isThrottlingException(service)
        || PASSING.contains(code(e));
  }

  private static String detail(SdkException e) {
    if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      String message = service.awsErrorDetails().errorMessage();
      if (message != null && !message.isBlank()) {
        return message.strip();
      }
    }
    return String.valueOf(e.getMessage());
  }

  private static String code(SdkException e) {
    if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      String code = service.awsErrorDetails().errorCode();
      return code == null ? "" : code;
    }
    return "";
  }
}
