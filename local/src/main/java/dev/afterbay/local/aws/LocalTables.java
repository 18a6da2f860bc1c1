package dev.afterbay.local.aws;

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
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The tables of DynamoDB Local for exports. What happened to a table is what its stream tells, read
 * in the database: so an export and the stream agree, to the millisecond. A table that was ever
 * without a stream of both images has no known history.
 */
final class LocalTables implements ExportedTables {
  private static final String BOTH_IMAGES = "NEW_AND_OLD_IMAGES";

  private final Database database;

  LocalTables(Database database) {
    this.database = database;
  }

  @Override
  public Optional<ExportedTable> find(String nameOrArn) {
    String name = nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    return database.created(name).map(created -> exported(name, created));
  }

  private ExportedTable exported(String name, long created) {
    String arn = ArnRegion.table(name);
    byte[] incarnation = (arn + "@" + created).getBytes(StandardCharsets.UTF_8);
    return new ExportedTable(
        arn, UUID.nameUUIDFromBytes(incarnation).toString(), () -> history(name, created));
  }

  private List<PastChange> history(String table, long created) {
    List<Database.StreamRow> streams = database.streams(table, created);
    boolean whole =
        streams.size() == 1
            && streams.get(0).createdMillis() == created
            && streams.get(0).status().equals("ENABLED")
            && Json.text(info(streams.get(0)), "streamViewType").equals(BOTH_IMAGES);
    if (!whole) {
      throw new HistoryException(
          "The changes of table %s are known only as far as its stream tells them. Create it with a stream of NEW_AND_OLD_IMAGES and leave that on."
              .formatted(table));
    }
    Set<String> keys =
        StreamSupport.stream(info(streams.get(0)).path("keySchema").spliterator(), false)
            .map(key -> Json.text(key, "AttributeName"))
            .collect(Collectors.toUnmodifiableSet());
    return database.records(streams.get(0)).stream().map(row -> change(row, keys)).toList();
  }

  private static JsonNode info(Database.StreamRow stream) {
    return Json.read(stream.info().getBytes(StandardCharsets.UTF_8));
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
