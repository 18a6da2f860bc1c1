package dev.afterbay.local.glue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.local.awsjson.Asked;
import dev.afterbay.local.awsjson.JsonService;
import dev.afterbay.local.awsjson.RefusedCallException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The calls of the catalog's API. */
final class CatalogCalls implements JsonService {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String DATABASE = "DatabaseName";
  private static final String TABLE = "TableName";

  private final Catalog catalog;
  private final Map<String, Function<Asked, ObjectNode>> operations;

  CatalogCalls(Catalog catalog) {
    this.catalog = catalog;
    this.operations =
        Map.ofEntries(
            Map.entry("CreateDatabase", this::createDatabase),
            Map.entry("GetDatabase", this::getDatabase),
            Map.entry("GetDatabases", this::getDatabases),
            Map.entry("CreateTable", this::createTable),
            Map.entry("GetTable", this::getTable),
            Map.entry("GetTables", this::getTables),
            Map.entry("GetTableVersions", this::getTableVersions),
            Map.entry("UpdateTable", this::updateTable),
            Map.entry("DeleteTable", this::deleteTable),
            Map.entry("GetPartition", this::getPartition),
            Map.entry("GetPartitions", asked -> ofTable(asked, "Partitions")),
            Map.entry(
                "BatchGetPartition", asked -> ofTable(asked, "Partitions", "UnprocessedKeys")),
            Map.entry("GetColumnStatisticsForTable", this::noStatistics),
            Map.entry("GetColumnStatisticsForPartition", this::noStatistics),
            Map.entry("GetUserDefinedFunctions", asked -> lists("UserDefinedFunctions")));
  }

  @Override
  public JsonNode answer(String operation, JsonNode request) {
    Function<Asked, ObjectNode> known = operations.get(operation);
    if (known == null) {
      throw new RefusedCallException(
          "UnknownOperationException", operation + " is not among the calls that are answered");
    }
    return known.apply(new Asked(request, GlueErrors.INVALID_INPUT));
  }

  private ObjectNode createDatabase(Asked asked) {
    Asked input = asked.inside("DatabaseInput");
    catalog.createDatabase(input.text("Name"), input.copy());
    return NODES.objectNode();
  }

  private ObjectNode getDatabase(Asked asked) {
    return NODES.objectNode().set("Database", catalog.database(asked.text("Name")));
  }

  private ObjectNode getDatabases(Asked asked) {
    return Paging.page(asked, "DatabaseList", catalog.databases());
  }

  private ObjectNode createTable(Asked asked) {
    Asked input = asked.inside("TableInput");
    catalog.createTable(asked.text(DATABASE), input.text("Name"), input.copy());
    return NODES.objectNode();
  }

  private ObjectNode getTable(Asked asked) {
    return NODES.objectNode().set("Table", table(asked, "Name").json());
  }

  private ObjectNode getTables(Asked asked) {
    return Paging.page(asked, "TableList", catalog.tables(asked.text(DATABASE)));
  }

  private ObjectNode getTableVersions(Asked asked) {
    ObjectNode answer = NODES.objectNode();
    ArrayNode newestFirst = answer.putArray("TableVersions");
    List<StoredTable> versions = catalog.versions(asked.text(DATABASE), asked.text(TABLE));
    for (StoredTable version : versions) {
      newestFirst
          .insertObject(0)
          .put("VersionId", version.versionId())
          .set("Table", version.json());
    }
    return answer;
  }

  private ObjectNode updateTable(Asked asked) {
    Asked input = asked.inside("TableInput");
    Optional<String> version = asked.optional("VersionId");
    if (asked.on("SkipArchive")) {
      catalog.replaceTable(asked.text(DATABASE), input.text("Name"), input.copy(), version);
    } else {
      catalog.updateTable(asked.text(DATABASE), input.text("Name"), input.copy(), version);
    }
    return NODES.objectNode();
  }

  private ObjectNode deleteTable(Asked asked) {
    catalog.deleteTable(asked.text(DATABASE), asked.text("Name"));
    return NODES.objectNode();
  }

  private ObjectNode getPartition(Asked asked) {
    String name = table(asked, TABLE).name();
    throw GlueErrors.notFound("Table " + name + " has no registered partitions.");
  }

  private ObjectNode noStatistics(Asked asked) {
    return ofTable(asked, "ColumnStatisticsList", "Errors");
  }

  /** Empty lists, if there is such a table at all. */
  private ObjectNode ofTable(Asked asked, String... fields) {
    table(asked, TABLE);
    return lists(fields);
  }

  private StoredTable table(Asked asked, String field) {
    return catalog.table(asked.text(DATABASE), asked.text(field));
  }

  private static ObjectNode lists(String... fields) {
    ObjectNode answer = NODES.objectNode();
    for (String field : fields) {
      answer.putArray(field);
    }
    return answer;
  }
}
