package dev.afterbay.consumer.worker;

import dev.afterbay.consumer.pipeline.ReadingPoint;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Brings the leases into line with the commit log, for they can be lost, or edited by hand: a lease
 * says that its shard is finished, and the log does not; a lease is for a shard that the stream
 * does not list.
 */
final class LeaseRepair {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseRepair.class);
  private static final String LEASE_KEY = "leaseKey";
  private static final String CHECKPOINT = "checkpoint";
  private static final String SHARD_END = "SHARD_END";
  private static final String TRIM_HORIZON = "TRIM_HORIZON";

  private final DynamoDbClient dynamoDb;
  private final String leaseTable;

  LeaseRepair(DynamoDbClient dynamoDb, String leaseTable) {
    this.dynamoDb = dynamoDb;
    this.leaseTable = leaseTable;
  }

  /** Removes the leases of shards that the stream does not list. */
  void dropForgotten(Set<ShardId> listed) {
    rows()
        .flatMap(row -> shardOf(row).stream())
        .filter(shard -> !listed.contains(shard))
        .forEach(
            shard -> {
              LOG.atInfo()
                  .addKeyValue("event", "lease-removed")
                  .addKeyValue("shardId", shard)
                  .log("Removing a lease of {}: the stream does not list the shard", leaseTable);
              dynamoDb.deleteItem(delete -> delete.tableName(leaseTable).key(key(shard)));
            });
  }

  /**
   * Opens the leases that say that their shard is finished, although its log has not ended.
   *
   * @param listed the shards that the stream lists
   * @param ended whether the log of a shard has ended
   */
  void reopenUnfinished(Set<ShardId> listed, Predicate<ShardId> ended) {
    rows()
        .filter(LeaseRepair::finished)
        .flatMap(row -> shardOf(row).stream())
        .filter(shard -> listed.contains(shard) && !ended.test(shard))
        .forEach(shard -> change(shard, SHARD_END, TRIM_HORIZON));
  }

  /** Those of some shards that have no lease. */
  Set<ShardId> lacking(Set<ShardId> shards) {
    Set<ShardId> lacking = new HashSet<>(shards);
    rows().flatMap(row -> shardOf(row).stream()).forEach(lacking::remove);
    return lacking;
  }

  /**
   * Sets a checkpoint back to where the commit log is. KCL hands over no record at or before its
   * own checkpoint, wherever the reading begins.
   *
   * @param checkpoint that stands in the lease now
   */
  void setBack(ShardId shard, String checkpoint, ReadingPoint point) {
    change(
        shard,
        checkpoint,
        point instanceof ReadingPoint.After after ? after.position().spelled() : TRIM_HORIZON);
  }

  /** Sets the checkpoint of a shard back to a point, if it has one that is further. */
  void setBackIfAhead(ShardId shard, ReadingPoint point) {
    rows()
        .filter(row -> shardOf(row).filter(shard::equals).isPresent())
        .map(row -> row.get(CHECKPOINT))
        .filter(checkpoint -> checkpoint != null && isAhead(checkpoint.s(), point))
        .forEach(checkpoint -> setBack(shard, checkpoint.s(), point));
  }

  private static boolean isAhead(String checkpoint, ReadingPoint point) {
    if (SHARD_END.equals(checkpoint)) {
      return true;
    }
    return !checkpoint.isEmpty()
        && checkpoint.chars().allMatch(Character::isDigit)
        && !(point instanceof ReadingPoint.After after
            && !SequenceNumber.parse(checkpoint).isAfter(after.position()));
  }

  private Stream<Map<String, AttributeValue>> rows() {
    return dynamoDb
        .scanPaginator(scan -> scan.tableName(leaseTable).consistentRead(true))
        .items()
        .stream();
  }

  private static boolean finished(Map<String, AttributeValue> row) {
    AttributeValue checkpoint = row.get(CHECKPOINT);
    return checkpoint != null && SHARD_END.equals(checkpoint.s());
  }

  private void change(ShardId shard, String from, String to) {
    try {
      dynamoDb.updateItem(
          update ->
              update
                  .tableName(leaseTable)
                  .key(key(shard))
                  .updateExpression("SET #checkpoint = :to")
                  .conditionExpression("#checkpoint = :from")
                  .expressionAttributeNames(Map.of("#checkpoint", CHECKPOINT))
                  .expressionAttributeValues(
                      Map.of(
                          ":from", AttributeValue.fromS(from), ":to", AttributeValue.fromS(to))));
      LOG.atWarn()
          .addKeyValue("event", "lease-set-back")
          .addKeyValue("shardId", shard)
          .log(
              "A lease in {} said that its shard is read up to {}, which the shard's log does not"
                  + " have; set to {}",
              leaseTable,
              from,
              to);
    } catch (ConditionalCheckFailedException e) {
      LOG.atDebug()
          .addKeyValue("shardId", shard)
          .log("Another worker changed a lease of {}", leaseTable);
    }
  }

  private static Optional<ShardId> shardOf(Map<String, AttributeValue> row) {
    return Optional.ofNullable(row.get(LEASE_KEY))
        .map(AttributeValue::s)
        .filter(key -> key.startsWith("shardId-"))
        .map(ShardId::new);
  }

  private static Map<String, AttributeValue> key(ShardId shard) {
    return Map.of(LEASE_KEY, AttributeValue.fromS(shard.value()));
  }
}
