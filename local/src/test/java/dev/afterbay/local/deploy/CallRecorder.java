package dev.afterbay.local.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Writes down each call that a process makes to AWS, once. The SDK finds it by itself wherever
 * {@link RecordedCalls} puts it on a class path; it works inside of the service's own processes and
 * uses nothing but the SDK and the JDK.
 */
public final class CallRecorder implements ExecutionInterceptor {
  /** The system property with the file to which the calls are added. */
  static final String FILE = "afterbay.calls";

  /** What tells which resource a call is about. */
  private static final List<String> FIELDS =
      List.of(
          "Bucket",
          "Key",
          "CopySource",
          "SourceBucket",
          "SourceKey",
          "DestinationBucket",
          "DestinationKey",
          "TableName",
          "IndexName",
          "TableArn",
          "StreamArn",
          "ExportArn",
          "S3Bucket",
          "S3Prefix",
          "DatabaseName",
          "Name",
          "WorkGroup",
          "SecretId");

  /** What stands for the resource of an earlier call, and is found in its answer. */
  private static final List<String> TICKETS =
      List.of("ShardIterator", "NextShardIterator", "QueryExecutionId");

  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
  private static final Map<String, String> RESOURCES = new ConcurrentHashMap<>();

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    String line =
        "%s\t%s\t%s"
            .formatted(
                attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
                attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
                resource(context.request()));
    if (SEEN.add(line)) {
      write(line + "\n");
    }
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    for (String ticket : TICKETS) {
      context
          .response()
          .getValueForField(ticket, String.class)
          .ifPresent(value -> RESOURCES.put(value, resource(context.request())));
    }
  }

  private static String resource(SdkPojo request) {
    StringJoiner fields = new StringJoiner("\t");
    for (SdkField<?> field : request.sdkFields()) {
      String name = field.memberName();
      Object value = field.getValueOrDefault(request);
      if (value instanceof String text && TICKETS.contains(name)) {
        Optional.ofNullable(RESOURCES.get(text)).ifPresent(fields::add);
      } else if (value instanceof String text && (FIELDS.contains(name) || isKey(name, request))) {
        fields.add(name + "=" + text);
      } else if (value instanceof Map<?, ?> items && name.equals("RequestItems")) {
        items.keySet().forEach(table -> fields.add("TableName=" + table));
      } else if (value instanceof SdkPojo inner && name.endsWith("Input")) {
        fields.add(resource(inner));
      }
    }
    return fields.toString();
  }

  /** Of versions the prefix tells which are deleted; listings of objects have thousands of them. */
  private static boolean isKey(String name, SdkPojo request) {
    return name.equals("Prefix")
        && request.getClass().getSimpleName().equals("ListObjectVersionsRequest");
  }

  private static void write(String line) {
    Path file =
        Path.of(Objects.requireNonNull(System.getProperty(FILE), FILE + " says where to write"));
    try {
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
