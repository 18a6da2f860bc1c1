package dev.afterbay.consumer.status;

import dev.afterbay.transforms.change.ShardId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * Reads the leases of an application, and who leads its workers; the worker's library keeps other
 * rows in their table too.
 */
public final class LeaseTable {
  private static final String LEADER = "Leader";

  private final DynamoDbClient dynamoDb;

  /** A reader with a client of DynamoDB. */
  public LeaseTable(DynamoDbClient dynamoDb) {
    this.dynamoDb = dynamoDb;
  }

  /** The leases; none if the application has no table yet. */
  List<Lease> leases(String application) {
    return read(application).map(LeaseRows::leases).orElse(List.of());
  }

  /** What the table says now; empty if there is no such table. */
  public Optional<LeaseRows> read(String application) {
    List<Lease> leases = new ArrayList<>();
    Optional<LeaderLock> leader = Optional.empty();
    try {
      for (Map<String, AttributeValue> row :
          dynamoDb.scanPaginator(scan -> scan.tableName(application)).items()) {
        lease(row).ifPresent(leases::add);
        leader = leader.or(() -> leader(row));
      }
    } catch (ResourceNotFoundException e) {
      // No worker of this application has ever run, or somebody has deleted the table.
      return Optional.empty();
    }
    return Optional.of(new LeaseRows(leases, leader));
  }

  /** A lock that was given back stands in the table too, marked so. */
  private static Optional<LeaderLock> leader(Map<String, AttributeValue> row) {
    return text(row, "leaseKey")
        .filter(LEADER::equals)
        .filter(key -> !row.containsKey("isReleased"))
        .flatMap(key -> text(row, "ownerName"))
        .map(owner -> new LeaderLock(owner, text(row, "recordVersionNumber").orElse("")));
  }

  private static Optional<Lease> lease(Map<String, AttributeValue> row) {
    String type = text(row, "entityType").orElse("lease");
    Optional<ShardId> shard =
        text(row, "leaseKey").filter(key -> key.startsWith("shardId")).map(ShardId::new);
    if (!"lease".equalsIgnoreCase(type) || shard.isEmpty()) {
      return Optional.empty();
    }
    AttributeValue parents = row.get("parentShardId");
    return Optional.of(
        new Lease(
            shard.get(),
            text(row, "leaseOwner"),
            text(row, "checkpoint").orElse(""),
            parents == null
                ? Set.of()
                : parents.ss().stream().map(ShardId::new).collect(Collectors.toSet()),
            Optional.ofNullable(row.get("leaseCounter")).map(AttributeValue::n).orElse("")));
  }

  private static Optional<String> text(Map<String, AttributeValue> row, String name) {
    return Optional.ofNullable(row.get(name)).map(AttributeValue::s);
  }
}
