package dev.afterbay.consumer.preflight;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.AwsSecrets;
import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.aws.Sentences;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.Secrets;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Looks at all tables and the bucket at the same time, before anything is written anywhere. */
public final class Preflight {
  private final AfterbayConfig config;
  private final TableProbe tables;
  private final BucketProbe bucket;
  private final SchemaProbe schemas;

  Preflight(
      AfterbayConfig config,
      DynamoDbClient dynamoDb,
      DynamoDbStreamsClient streams,
      S3Client s3,
      Secrets secrets) {
    this.config = config;
    this.tables = new TableProbe(config, dynamoDb, streams, secrets);
    this.bucket = new BucketProbe(config, s3);
    this.schemas =
        new SchemaProbe(
            new SchemaLog(
                new S3ObjectStore(s3, config.lake().bucket()), new Lake(config.lake().prefix())));
  }

  /**
   * Checks the configured tables and the lake's bucket.
   *
   * @return the facts of the tables, in the order of the configuration
   * @throws Failure with every problem, one a line
   */
  public static List<TableFacts> check(AfterbayConfig config) {
    try (AwsClients aws = AwsClients.open(config, Patience.ANSWER)) {
      Secrets secrets = AwsSecrets.of(config, System.getenv());
      return new Preflight(config, aws.dynamoDb(), aws.streams(), aws.s3(), secrets).check();
    }
  }

  /**
   * Checks the same, whatever columns the lake has: for the command that changes them.
   *
   * @return the facts of the tables, in the order of the configuration
   * @throws Failure with every problem, one a line
   */
  public static List<TableFacts> checkAllButColumns(AfterbayConfig config) {
    try (AwsClients aws = AwsClients.open(config, Patience.ANSWER)) {
      Secrets secrets = AwsSecrets.of(config, System.getenv());
      return new Preflight(config, aws.dynamoDb(), aws.streams(), aws.s3(), secrets)
          .check(() -> {});
    }
  }

  /**
   * Checks only that the lake's bucket answers, for commands that then read it with more patience.
   *
   * @throws Failure with the way out
   */
  public static void checkBucket(AfterbayConfig config) {
    try (AwsClients aws = AwsClients.open(config, Patience.ANSWER)) {
      new BucketProbe(config, aws.s3()).check();
    }
  }

  List<TableFacts> check() {
    return check(() -> schemas.check(config.tables()));
  }

  private List<TableFacts> check(Runnable columns) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.min(config.tables().size(), 15) + 1);
    try {
      Future<Void> reachable =
          threads.submit(
              () -> {
                bucket.check();
                columns.run();
                return null;
              });
      List<Future<TableFacts>> probes = new ArrayList<>();
      for (TableConfig table : config.tables()) {
        Callable<TableFacts> probe = () -> tables.facts(table);
        probes.add(threads.submit(probe));
      }
      // A set: ten tables behind one dead endpoint are one problem.
      Set<String> problems = new LinkedHashSet<>();
      List<TableFacts> facts = new ArrayList<>();
      for (Future<TableFacts> probe : probes) {
        facts.addAll(outcome(probe, problems));
      }
      outcome(reachable, problems);
      if (!problems.isEmpty()) {
        throw new Failure(List.copyOf(problems));
      }
      return facts;
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> List<T> outcome(Future<T> probe, Set<String> problems) {
    try {
      T found = probe.get();
      return found == null ? List.of() : List.of(found);
    } catch (ExecutionException e) {
      problems.add(Sentences.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problems.add("Interrupted before the tables were checked");
    }
    return List.of();
  }
}
