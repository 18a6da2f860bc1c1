package dev.afterbay.consumer.aws;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Which request failed. Travels as a suppressed exception with the SDK's own one, whose type and
 * message stay as they are: a refused connection would not say whose it was otherwise.
 */
final class FailedCall extends Exception {
  private static final long serialVersionUID = 1L;

  /** Operations whose IAM action has another name. */
  private static final Map<String, String> S3_ACTIONS =
      Map.of(
          "HeadBucket", "ListBucket",
          "ListObjectsV2", "ListBucket",
          "HeadObject", "GetObject",
          "CreateMultipartUpload", "PutObject",
          "UploadPart", "PutObject",
          "CompleteMultipartUpload", "PutObject",
          "ListParts", "ListMultipartUploadParts",
          "ListMultipartUploads", "ListBucketMultipartUploads");

  private final String service;
  private final String operation;
  private final String endpoint;

  FailedCall(String service, String operation, String endpoint) {
    super(service + " " + operation + " at " + endpoint, null, false, false);
    this.service = service;
    this.operation = operation;
    this.endpoint = endpoint;
  }

  /** The note on an exception, if a client of ours threw it. */
  static Optional<FailedCall> of(Throwable thrown) {
    return Arrays.stream(thrown.getSuppressed())
        .filter(FailedCall.class::isInstance)
        .map(FailedCall.class::cast)
        .findFirst();
  }

  /** The service as people call it. */
  String service() {
    return switch (service) {
      case "DynamoDb", "DynamoDB" -> "DynamoDB";
      case "DynamoDbStreams", "DynamoDB Streams" -> "DynamoDB Streams";
      case "SecretsManager", "Secrets Manager" -> "Secrets Manager";
      default -> service;
    };
  }

  /** The operation, such as {@code DescribeTable}. */
  String operation() {
    return operation;
  }

  /** Scheme, host and port. */
  String endpoint() {
    return endpoint;
  }

  /** The IAM action that allows the operation, such as {@code dynamodb:DescribeTable}. */
  String action() {
    return switch (service()) {
      case "S3" -> "s3:" + S3_ACTIONS.getOrDefault(operation, operation);
      case "Secrets Manager" -> "secretsmanager:" + operation;
      case "Glue" -> "glue:" + operation;
      case "Athena" -> "athena:" + operation;
      case "STS", "Sts" -> "sts:" + operation;
      default -> "dynamodb:" + operation;
    };
  }

  /** Puts the note on whatever a client throws. */
  static final class Interceptor implements ExecutionInterceptor {
    @Override
    public Throwable modifyException(
        Context.FailedExecution context, ExecutionAttributes attributes) {
      Throwable thrown = context.exception();
      if (of(thrown).isEmpty()) {
        thrown.addSuppressed(
            new FailedCall(
                attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
                attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
                context.httpRequest().map(Interceptor::endpoint).orElse("its endpoint")));
      }
      return thrown;
    }

    private static String endpoint(SdkHttpRequest request) {
      return request.protocol() + "://" + request.host() + ":" + request.port();
    }
  }
}
