package dev.afterbay.local.aws;

import com.amazonaws.AmazonServiceException;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDB;
import com.amazonaws.services.dynamodbv2.model.KeySchemaElement;
import com.amazonaws.services.dynamodbv2.model.TableDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.local.export.ExportedTable;
import dev.afterbay.local.export.ExportedTables;
import dev.afterbay.local.export.HistoryException;
import dev.afterbay.local.export.PastChange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tables of DynamoDB Local for exports. What happened to a table is what its stream tells, read
 * in the database: so an export and the stream agree, to the millisecond. A table that was ever
 * without a stream of both images has no known history.
 */
final class LocalTables implements ExportedTables {
  private static final String BOTH_IMAGES = "\"NEW_AND_OLD_IMAGES\"";

  private final AmazonDynamoDB tables;
  private final Database database;

  LocalTables(AmazonDynamoDB tables, Database database) {
    this.tables = tables;
    this.database = database;
  }

  @Override
  public Optional<ExportedTable> find(String nameOrArn) {
    String name = nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    try {
      return Optional.of(exported(tables.describeTable(name).getTable()));
    } catch (AmazonServiceException e) {
      return Optional.empty();
    }
  }

  private ExportedTable exported(TableDescription table) {
    long created = table.getCreationDateTime().getTime();
    Set<String> keys =
        table.getKeySchema().stream()
            .map(KeySchemaElement::getAttributeName)
            .collect(Collectors.toUnmodifiableSet());
    String arn = ArnRegion.arn(table.getTableArn());
    byte[] incarnation = (arn + "@" + created).getBytes(StandardCharsets.UTF_8);
    return new ExportedTable(
        arn,
        UUID.nameUUIDFromBytes(incarnation).toString(),
        () -> history(table.getTableName(), created, keys));
  }

  private List<PastChange> history(String table, long created, Set<String> keys) {
    List<Database.StreamRow> streams = database.streams(table, created);
    boolean whole =
        streams.size() == 1
            && streams.get(0).createdMillis() == created
            && streams.get(0).status().equals("ENABLED")
            && streams.get(0).info().contains(BOTH_IMAGES);
    if (!whole) {
      throw new HistoryException(
          "The changes of table %s are known only as far as its stream tells them. Create it with a stream of NEW_AND_OLD_IMAGES and leave that on."
              .formatted(table));
    }
    return database.records(streams.get(0)).stream().map(row -> change(row, keys)).toList();
  }

  private static PastChange change(Database.RecordRow row, Set<String> keys) {
    JsonNode record = Json.read(row.json()).path("Dynamodb");
    ObjectNode named = record.path("Keys").deepCopy();
    named.retain(keys);
    return new PastChange(
        TimeUnit.MILLISECONDS.toMicros(row.createdMillis()),
        named,
        image(record, "NewImage"),
        image(record, "OldImage"));
  }

  private static @Nullable JsonNode image(JsonNode record, String field) {
    return record.hasNonNull(field) ? record.path(field) : null;
  }
}
