package dev.afterbay.consumer.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.tocatalog.CatalogException;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class SentencesTest {
  private static final FailedCall TABLE =
      new FailedCall("DynamoDb", "DescribeTable", "http://127.0.0.1:8000");
  private static final FailedCall TABLES =
      new FailedCall("Glue", "GetTables", "http://127.0.0.1:9002");
  private static final FailedCall LISTING =
      new FailedCall("S3", "ListObjectsV2", "http://127.0.0.1:9000");

  static Stream<Arguments> exceptions() {
    return Stream.of(
        Arguments.of(
            noted(client(new ConnectException("refused")), TABLE),
            "Nobody answers at DynamoDB (http://127.0.0.1:8000); is it running, and is the address"
                + " in endpoints right?"),
        Arguments.of(
            new CatalogException(
                CatalogException.Kind.UNAVAILABLE,
                "Could not list the tables",
                noted(client(new ConnectException("refused")), TABLES)),
            "Nobody answers at Glue (http://127.0.0.1:9002); is it running, and is the address in"
                + " endpoints right?"),
        Arguments.of(
            new CatalogException(
                CatalogException.Kind.REFUSED,
                "Could not list the tables: access denied (no); allow glue:GetTables",
                noted(dynamoDb(400, "AccessDeniedException"), TABLES)),
            "Could not list the tables: access denied (no); allow glue:GetTables"),
        Arguments.of(
            new CatalogException(CatalogException.Kind.UNAVAILABLE, "The view took too long"),
            "The view took too long"),
        Arguments.of(
            noted(dynamoDb(400, "AccessDeniedException"), TABLES),
            "Access denied: Glue refuses GetTables; allow the IAM action glue:GetTables"),
        Arguments.of(
            noted(client(new UnknownHostException("nowhere")), LISTING),
            "There is no host for S3 (http://127.0.0.1:9000); check region and endpoints, and the"
                + " network"),
        Arguments.of(
            noted(client(new SocketTimeoutException("slow")), LISTING),
            "No answer in time from S3 (http://127.0.0.1:9000); check endpoints, and the network"),
        Arguments.of(
            noted(ApiCallTimeoutException.create("slow", null), TABLE),
            "No answer in time from DynamoDB (http://127.0.0.1:8000); check endpoints, and the"
                + " network"),
        Arguments.of(
            noted(client(new SSLHandshakeException("plain text")), LISTING),
            "No secure connection to S3 (http://127.0.0.1:9000): plain text; does the endpoint"
                + " speak https?"),
        Arguments.of(
            SdkClientException.create("Unable to load credentials from any of the providers"),
            "There are no AWS credentials; set AWS_PROFILE or AWS_ACCESS_KEY_ID and"
                + " AWS_SECRET_ACCESS_KEY, or give the task a role"),
        Arguments.of(
            noted(dynamoDb(400, "ExpiredTokenException"), TABLE),
            "The AWS credentials have expired; renew them (for example: aws sso login)"),
        Arguments.of(
            noted(dynamoDb(400, "UnrecognizedClientException"), TABLE),
            "DynamoDB does not accept the AWS credentials (UnrecognizedClientException); check"
                + " AWS_PROFILE or AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN"),
        Arguments.of(
            noted(dynamoDb(400, "AccessDeniedException"), TABLE),
            "Access denied: DynamoDB refuses DescribeTable; allow the IAM action"
                + " dynamodb:DescribeTable"),
        Arguments.of(
            noted(s3(403, "AccessDenied"), LISTING),
            "Access denied: S3 refuses ListObjectsV2; allow the IAM action s3:ListBucket"),
        Arguments.of(
            noted(s3(404, "NoSuchBucket"), LISTING),
            "The lake's bucket does not exist; create it, or correct 'lake'"),
        Arguments.of(
            noted(s3(301, "PermanentRedirect"), LISTING),
            "The lake's bucket is in another region; set 'region' to the region of bucket and"
                + " tables"),
        Arguments.of(
            noted(s3(503, "SlowDown"), LISTING),
            "S3 is throttling this account (SlowDown); try again in a minute"),
        Arguments.of(
            noted(s3(500, "InternalError"), LISTING),
            "S3 failed at ListObjectsV2 (status 500); try again later"),
        Arguments.of(
            noted(
                ResourceNotFoundException.builder()
                    .statusCode(400)
                    .awsErrorDetails(
                        AwsErrorDetails.builder()
                            .errorCode("ResourceNotFoundException")
                            .errorMessage("Table: Orders not found")
                            .build())
                    .build(),
                TABLE),
            "Not found by DynamoDB: Table: Orders not found"),
        Arguments.of(
            noted(dynamoDb(400, "ValidationException"), TABLE),
            "DynamoDB refused DescribeTable: the service's words"),
        Arguments.of(AbortedException.create("x"), "Interrupted before the answer was complete"),
        Arguments.of(new InterruptedException(), "Interrupted before the answer was complete"),
        Arguments.of(new Failure("Our own words"), "Our own words"),
        Arguments.of(
            new ObjectStoreException(ObjectStoreException.Kind.UNAVAILABLE, "The store's words"),
            "The store's words"),
        Arguments.of(
            new ObjectStoreException(
                ObjectStoreException.Kind.REFUSED,
                "The store's words",
                noted(s3(403, "AccessDenied"), LISTING)),
            "Access denied: S3 refuses ListObjectsV2; allow the IAM action s3:ListBucket"),
        Arguments.of(
            new UncheckedIOException(new AccessDeniedException("/cache")),
            "This machine's file system refuses /cache: AccessDeniedException"),
        Arguments.of(
            new CompletionException(new UncheckedIOException(new IOException(new Failure("Deep")))),
            "Deep"),
        Arguments.of(
            new IllegalStateException("around it", noted(s3(404, "NoSuchBucket"), LISTING)),
            "The lake's bucket does not exist; create it, or correct 'lake'"),
        Arguments.of(new IllegalArgumentException("Write another"), "Write another"),
        Arguments.of(
            new IllegalStateException(),
            "Unexpected: IllegalStateException: IllegalStateException (--verbose logs where)"));
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void anExceptionBecomesASentenceWithTheWayOut(Exception thrown, String sentence) {
    assertThat(Sentences.of(thrown)).isEqualTo(sentence);
  }

  @Test
  void aCycleOfCausesEnds() {
    Exception outer = new Exception("outer");
    outer.initCause(new Exception("inner", outer));

    assertThat(Sentences.of(outer))
        .isEqualTo("Unexpected: Exception: outer (--verbose logs where)");
  }

  private static SdkClientException client(Exception cause) {
    return SdkClientException.create("Unable to execute HTTP request", cause);
  }

  private static AwsServiceException dynamoDb(int status, String code) {
    return DynamoDbException.builder().statusCode(status).awsErrorDetails(details(code)).build();
  }

  private static AwsServiceException s3(int status, String code) {
    return S3Exception.builder().statusCode(status).awsErrorDetails(details(code)).build();
  }

  private static AwsErrorDetails details(String code) {
    return AwsErrorDetails.builder().errorCode(code).errorMessage("the service's words").build();
  }

  private static <E extends Exception> E noted(E thrown, FailedCall call) {
    thrown.addSuppressed(call);
    return thrown;
  }
}
