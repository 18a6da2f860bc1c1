package dev.afterbay.local.aws;

import dev.afterbay.local.export.ExportSettings;
import dev.afterbay.local.export.Exports;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DynamoDB with streams and exports, and an S3 endpoint, in this process, on loopback. Objects are
 * plain files under the bucket's directory and survive; tables live in memory and end with the
 * process.
 */
public final class LocalAws implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalAws.class);
  private static final String BUCKET = "afterbay";

  private final ObjectEndpoint objects;
  private final Engine engine;
  private final Exporting exporting;
  private final Front front;
  private final LocalEndpoints endpoints;

  private LocalAws(
      ObjectEndpoint objects, Engine engine, Exporting exporting, Front front, Path bucketDir) {
    this.objects = objects;
    this.engine = engine;
    this.exporting = exporting;
    this.front = front;
    this.endpoints =
        new LocalEndpoints(
            URI.create("http://127.0.0.1:" + front.port()),
            objects.uri(),
            ArnRegion.REGION,
            LocalEndpoints.CREDENTIAL,
            LocalEndpoints.CREDENTIAL,
            BUCKET,
            bucketDir);
  }

  /**
   * Starts both endpoints; port 0 picks a free one.
   *
   * @throws LocalAwsException when a port is taken or the directory cannot be written
   */
  public static LocalAws start(Path dir, int dynamodbPort, int s3Port) {
    return start(dir, dynamodbPort, s3Port, ExportSettings.ORDINARY);
  }

  /** The same with exports that behave otherwise. */
  public static LocalAws start(
      Path dir, int dynamodbPort, int s3Port, ExportSettings exportSettings) {
    Path root = dir.toAbsolutePath().normalize();
    Path bucketDir = root.resolve(BUCKET);
    makeBucket(bucketDir);
    ObjectEndpoint objects =
        listening("S3", "--s3-port", s3Port, () -> ObjectEndpoint.start(root, s3Port));
    Engine engine = Engine.inMemory();
    Exporting exporting = Exporting.of(engine.tables(), objects.uri(), exportSettings);
    try {
      Front front =
          listening(
              "DynamoDB",
              "--dynamodb-port",
              dynamodbPort,
              () -> front(dynamodbPort, engine, exporting));
      return new LocalAws(objects, engine, exporting, front, bucketDir);
    } catch (LocalAwsException e) {
      exporting.stop();
      stop("S3", objects::stop);
      stop("DynamoDB Local", engine::stop);
      throw e;
    }
  }

  private static Front front(int port, Engine engine, Operation exporting) throws Exception {
    Operation regional = new Regional(engine);
    Map<String, Operation> operations = new HashMap<>();
    operations.put("DescribeStream", new ChildShards(regional));
    operations.put("GetShardIterator", ShardIterators.issuing(regional));
    operations.put("GetRecords", new RemovalKeys(ShardIterators.reading(regional), regional));
    Exports.OPERATIONS.forEach(name -> operations.put(name, exporting));
    return Front.start(port, engine, regional, operations);
  }

  public LocalEndpoints endpoints() {
    return endpoints;
  }

  /** Closes every open stream shard and opens a child of it, as AWS does every four hours. */
  public void rollShards() {
    engine.rollShards();
  }

  @Override
  public void close() {
    stop("DynamoDB", front::stop);
    stop("Exports", exporting::stop);
    stop("DynamoDB Local", engine::stop);
    stop("S3", objects::stop);
  }

  private static void makeBucket(Path bucketDir) {
    try {
      Files.createDirectories(bucketDir);
    } catch (IOException e) {
      throw new LocalAwsException(
          "Cannot create %s (%s); choose another --dir.".formatted(bucketDir, e), e);
    }
    if (!Files.isWritable(bucketDir)) {
      throw new LocalAwsException(
          "Cannot write to %s; choose another --dir or change its permissions."
              .formatted(bucketDir));
    }
  }

  private static <T> T listening(String name, String option, int port, Starter<T> starter) {
    try {
      return starter.start();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      if (isBindFailure(e)) {
        throw new LocalAwsException(
            "Port %d for %s is in use; choose another with %s, or 0 for a free one."
                .formatted(port, name, option),
            e);
      }
      throw new LocalAwsException(
          "The %s endpoint did not start: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static boolean isBindFailure(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  private static void stop(String name, Stopper stopper) {
    try {
      stopper.stop();
    } catch (Exception e) {
      LOG.warn("{} did not stop cleanly", name, e);
    }
  }

  private interface Stopper {
    void stop() throws Exception;
  }

  private interface Starter<T> {
    T start() throws Exception;
  }
}
