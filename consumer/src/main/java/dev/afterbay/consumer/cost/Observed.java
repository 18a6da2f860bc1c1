package dev.afterbay.consumer.cost;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.AwsSecrets;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.aws.Sentences;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.consumer.preflight.TableProbe;
import dev.afterbay.sinks.commit.LogStatus;
import dev.afterbay.sinks.commit.ShardStatus;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * What the commit logs and the tables tell of the rates; each is empty if it cannot be had.
 *
 * @param shards that are open
 * @param writesPerSecond since the first record in the lake
 * @param storedItems in the source tables
 * @param itemBytes of one, on average
 * @param notes why something could not be had
 */
public record Observed(
    Optional<Double> shards,
    Optional<Double> writesPerSecond,
    Optional<Double> storedItems,
    Optional<Double> itemBytes,
    List<String> notes) {
  /** Less tells nothing of a month. */
  private static final Duration LEAST = Duration.ofMinutes(10);

  /** Copies the notes. */
  public Observed {
    notes = List.copyOf(notes);
  }

  /** Nothing, because nobody was asked. */
  public static Observed nothing() {
    return new Observed(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  /** Asks the lake and the tables of a configuration; never throws. */
  public static Observed of(AfterbayConfig config) {
    Observed lake;
    Observed tables;
    try (AwsClients aws = AwsClients.open(config, Patience.ANSWER)) {
      lake = ofLake(config, new S3ObjectStore(aws.s3(), config.lake().bucket()));
      tables =
          ofTables(
              config,
              new TableProbe(
                  config, aws.dynamoDb(), aws.streams(), AwsSecrets.of(config, Map.of())));
    }
    return new Observed(
        lake.shards,
        lake.writesPerSecond,
        tables.storedItems,
        tables.itemBytes,
        Stream.concat(lake.notes.stream(), tables.notes.stream()).toList());
  }

  private static Observed ofLake(AfterbayConfig config, ObjectStore store) {
    try {
      Lake lake = new Lake(config.lake().prefix());
      List<ShardStatus> logs =
          config.tables().stream()
              .flatMap(table -> LogStatus.read(store, lake, table.name()).shards().stream())
              .filter(log -> log.shard().shard().ofStream())
              .toList();
      return ofLogs(logs);
    } catch (RuntimeException e) {
      return failed("The lake tells nothing: " + Sentences.of(e));
    }
  }

  static Observed ofLogs(List<ShardStatus> logs) {
    double open = logs.stream().filter(log -> log.state() == ShardStatus.State.OPEN).count();
    double records = logs.stream().mapToLong(ShardStatus::records).sum();
    Optional<Instant> from =
        logs.stream().flatMap(log -> log.from().stream()).min(Comparator.naturalOrder());
    Optional<Instant> until =
        logs.stream().map(ShardStatus::lastCommit).max(Comparator.naturalOrder());
    Optional<Double> rate =
        from.flatMap(
            first ->
                until
                    .map(last -> Duration.between(first, last))
                    .filter(time -> time.compareTo(LEAST) >= 0)
                    .map(time -> records / time.toSeconds()));
    return new Observed(
        open == 0 ? Optional.empty() : Optional.of(open),
        rate,
        Optional.empty(),
        Optional.empty(),
        rate.isPresent()
            ? List.of()
            : List.of("The lake has less than ten minutes of changes, which tell no rate"));
  }

  private static Observed ofTables(AfterbayConfig config, TableProbe probe) {
    try {
      double items = 0;
      double bytes = 0;
      for (TableConfig table : config.tables()) {
        TableDescription description = probe.describe(table.name());
        items += Optional.ofNullable(description.itemCount()).orElse(0L);
        bytes += Optional.ofNullable(description.tableSizeBytes()).orElse(0L);
      }
      return new Observed(
          Optional.empty(),
          Optional.empty(),
          Optional.of(items),
          items == 0 ? Optional.empty() : Optional.of(bytes / items),
          List.of());
    } catch (RuntimeException e) {
      return failed("The tables tell nothing: " + Sentences.of(e));
    }
  }

  private static Observed failed(String note) {
    return new Observed(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(note));
  }
}
