package dev.afterbay.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.local.aws.LocalAws;
import dev.afterbay.local.aws.LocalAwsException;
import dev.afterbay.local.aws.LocalEndpoints;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code afterbay local}: DynamoDB and S3 on this machine, in the foreground until SIGTERM. */
@Command(
    name = "local",
    description = {
      "Serves DynamoDB, its streams and S3 on loopback ports until SIGTERM.",
      "Prints one JSON line with the endpoints when ready. Any AWS client works against them."
    })
public final class LocalCommand implements Callable<Integer> {
  @Option(
      names = "--dir",
      required = true,
      paramLabel = "DIR",
      description = "Holds the bucket: each object is a plain file under DIR/afterbay.")
  private Path dir;

  @Option(
      names = "--dynamodb-port",
      paramLabel = "P",
      defaultValue = "8000",
      description =
          "Port of DynamoDB and its streams; 0 picks a free one. Default: ${DEFAULT-VALUE}.")
  private int dynamodbPort;

  @Option(
      names = "--s3-port",
      paramLabel = "P",
      defaultValue = "9000",
      description = "Port of S3; 0 picks a free one. Default: ${DEFAULT-VALUE}.")
  private int s3Port;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws JsonProcessingException, InterruptedException {
    try {
      LocalAws aws = LocalAws.start(dir, dynamodbPort, s3Port);
      endWithZeroOnTermination(aws);
      PrintWriter out = spec.commandLine().getOut();
      out.println(new ObjectMapper().writeValueAsString(fields(aws.endpoints())));
      out.flush();
      new CountDownLatch(1).await();
      return 0;
    } catch (LocalAwsException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(e.getMessage());
      err.flush();
      return 1;
    }
  }

  private static Map<String, Object> fields(LocalEndpoints endpoints) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("dynamodb", endpoints.dynamodb().toString());
    fields.put("s3", endpoints.s3().toString());
    fields.put("region", endpoints.region());
    fields.put("accessKeyId", endpoints.accessKeyId());
    fields.put("secretAccessKey", endpoints.secretAccessKey());
    fields.put("bucket", endpoints.bucket());
    fields.put("bucketDir", endpoints.bucketDir().toString());
    return fields;
  }

  /** SIGTERM is the ordinary end of this command; left alone, the JVM would call it a failure. */
  private static void endWithZeroOnTermination(LocalAws aws) {
    Thread end =
        new Thread(
            () -> {
              aws.close();
              Runtime.getRuntime().halt(0);
            },
            "end");
    Runtime.getRuntime().addShutdownHook(end);
  }
}
