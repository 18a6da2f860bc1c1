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

/** Reads the leases of an application; the worker's library keeps other rows in their table too. */
final class LeaseTable {
  private final DynamoDbClient dynamoDb;

  LeaseTable(DynamoDbClient dynamoDb) {
    this.dynamoDb = dynamoDb;
  }

  /** The leases; none if the application has no table yet. */
  List<Lease> leases(String application) {
    List<Lease> leases = new ArrayList<>();
    try {
      dynamoDb
          .scanPaginator(scan -> scan.tableName(application))
          .items()
          .forEach(row -> lease(row).ifPresent(leases::add));
    } catch (ResourceNotFoundException e) {
      // No worker of this application has ever run.
      return List.of();
    }
    return leases;
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
                : parents.ss().stream().map(ShardId::new).collect(Collectors.toSet())));
  }

  private static Optional<String> text(Map<String, AttributeValue> row, String name) {
    return Optional.ofNullable(row.get(name)).map(AttributeValue::s);
  }
}
