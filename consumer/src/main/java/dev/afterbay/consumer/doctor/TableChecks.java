package dev.afterbay.consumer.doctor;

import dev.afterbay.consumer.aws.AwsSecrets;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.consumer.preflight.TableProbe;
import dev.afterbay.transforms.protect.Protection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Whether a source table and its stream can be read. */
final class TableChecks {
  static final String TABLE = "table";
  private static final String STREAM = "stream";

  private final AfterbayConfig config;
  private final TableConfig table;
  private final TableProbe probe;
  private final DynamoDbStreamsClient streams;
  private final Arns arns;
  private final Map<String, String> environment;
  private @Nullable TableDescription description;
  private long openShards;

  TableChecks(
      AfterbayConfig config,
      TableConfig table,
      DynamoDbClient dynamoDb,
      DynamoDbStreamsClient streams,
      Arns arns,
      Map<String, String> environment) {
    this.config = config;
    this.table = table;
    this.probe = new TableProbe(config, dynamoDb, streams, AwsSecrets.of(config, environment));
    this.streams = streams;
    this.arns = arns;
    this.environment = environment;
  }

  void look(Examination.Part part) {
    part.check(
        TABLE,
        List.of("identity"),
        PolicyStatement.allowing("dynamodb:DescribeTable", arns.table(table.name().value())),
        this::exists);
    part.check("keys", List.of(TABLE), this::keys);
    part.check(STREAM, List.of(TABLE), this::stream);
    part.check("stream access", List.of(STREAM), this::access);
    part.check("protection", List.of(TABLE), this::protection);
  }

  /** The shards that are open now, as far as that was found out. */
  long openShards() {
    return openShards;
  }

  /** The table's ARN; one made up of what is known if nobody tells. */
  String arn() {
    return Optional.ofNullable(description)
        .map(TableDescription::tableArn)
        .orElseGet(() -> arns.table(table.name().value()));
  }

  private Outcome exists() {
    TableDescription found = probe.describe(table.name());
    description = found;
    if (found.tableArn().contains(":ddblocal:")) {
      return Outcome.warn(
          "this is DynamoDB Local itself, whose streams differ from those of AWS (iterators of"
              + " empty shards expire, times are minutes) and which has no exports",
          "./afterbay local --dir DIR serves the same with these quirks repaired");
    }
    String key =
        found.sseDescription() == null || found.sseDescription().kmsMasterKeyArn() == null
            ? "a key of DynamoDB"
            : found.sseDescription().kmsMasterKeyArn();
    return Outcome.ok(
        "%s, %d items, encrypted with %s"
            .formatted(found.tableStatusAsString(), found.itemCount(), key));
  }

  private Outcome keys() {
    return Outcome.ok(
        String.join(
            ", ",
            probe.keys(table, Objects.requireNonNull(description)).stream()
                .map(key -> key.name() + " (" + key.type() + ")")
                .toList()));
  }

  private Outcome stream() {
    TableDescription found = Objects.requireNonNull(description);
    probe.checkStream(table.name(), found);
    return Outcome.ok(
        found.streamSpecification().streamViewTypeAsString() + ", " + found.latestStreamLabel());
  }

  private Outcome access() {
    String stream = Objects.requireNonNull(description).latestStreamArn();
    String resource = arn() + "/stream/*";
    DryCalls calls = new DryCalls();
    StreamDescription[] told = new StreamDescription[1];
    String[] iterator = new String[1];
    calls.tried(
        "dynamodb:DescribeStream",
        resource,
        () -> told[0] = streams.describeStream(r -> r.streamArn(stream)).streamDescription());
    List<Shard> shards = told[0] == null ? List.of() : told[0].shards();
    openShards =
        shards.stream()
            .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
            .count();
    if (shards.isEmpty()) {
      calls.untried("dynamodb:GetShardIterator");
    } else {
      calls.tried(
          "dynamodb:GetShardIterator",
          resource,
          () -> iterator[0] = iterator(stream, shards.get(shards.size() - 1)));
    }
    if (iterator[0] == null) {
      calls.untried("dynamodb:GetRecords");
    } else {
      String from = iterator[0];
      calls.tried(
          "dynamodb:GetRecords",
          resource,
          () -> streams.getRecords(r -> r.shardIterator(from).limit(1)));
    }
    return calls.outcome();
  }

  private String iterator(String stream, Shard shard) {
    return streams
        .getShardIterator(
            r ->
                r.streamArn(stream)
                    .shardId(shard.shardId())
                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
        .shardIterator();
  }

  private Outcome protection() {
    if (table.protect().isEmpty()) {
      return Outcome.skipped("no attribute is declared as sensitive");
    }
    Protection unused = table.protection(AwsSecrets.of(config, environment));
    return Outcome.ok(
        "%d sensitive attributes; their key can be had".formatted(table.protect().size()));
  }
}
