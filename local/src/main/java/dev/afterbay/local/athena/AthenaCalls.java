package dev.afterbay.local.athena;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.local.awsjson.Asked;
import dev.afterbay.local.awsjson.JsonService;
import dev.afterbay.local.awsjson.RefusedCallException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The calls of Athena's API. */
final class AthenaCalls implements JsonService {
  private static final String INVALID = "InvalidRequestException";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Executions executions;
  private final PreparedStatements prepared;
  private final WorkGroups workgroups;
  private final Map<String, String> idByToken = new ConcurrentHashMap<>();

  AthenaCalls(Executions executions, PreparedStatements prepared, WorkGroups workgroups) {
    this.executions = executions;
    this.prepared = prepared;
    this.workgroups = workgroups;
  }

  static RefusedCallException invalid(String message) {
    return new RefusedCallException(INVALID, message);
  }

  @Override
  public JsonNode answer(String operation, JsonNode request) {
    Asked asked = new Asked(request, INVALID);
    return switch (operation) {
      case "StartQueryExecution" -> start(asked);
      case "GetQueryExecution" -> get(asked);
      case "GetQueryResults" -> results(asked);
      case "GetPreparedStatement" -> prepared.get(asked);
      case "CreatePreparedStatement" -> prepared.create(asked);
      case "UpdatePreparedStatement" -> prepared.update(asked);
      case "GetWorkGroup" -> workgroups.get(asked);
      default ->
          throw new RefusedCallException(
              "UnknownOperationException", operation + " is not among the calls that are answered");
    };
  }

  /** The same token means the same call: it begins one query. */
  private ObjectNode start(Asked asked) {
    if (!asked.body().path("ExecutionParameters").isEmpty()) {
      throw invalid("ExecutionParameters are not carried out here");
    }
    String token = asked.optional("ClientRequestToken").orElseGet(UUID.randomUUID()::toString);
    return NODES
        .objectNode()
        .put("QueryExecutionId", idByToken.computeIfAbsent(token, unused -> begin(asked)));
  }

  private String begin(Asked asked) {
    String database = asked.body().path("QueryExecutionContext").path("Database").asText("default");
    return executions.begin(
        asked.optional("WorkGroup").orElse("primary"), database, asked.text("QueryString"));
  }

  private ObjectNode get(Asked asked) {
    return NODES.objectNode().set("QueryExecution", find(asked).json());
  }

  private ObjectNode results(Asked asked) {
    SqlResult result =
        find(asked)
            .result()
            .orElseThrow(() -> invalid("Query has not yet finished, or it did not succeed"));
    return result.page(asked.optional("NextToken").map(Integer::parseInt).orElse(0));
  }

  private Execution find(Asked asked) {
    String id = asked.text("QueryExecutionId");
    return executions
        .find(id)
        .orElseThrow(() -> invalid("QueryExecution %s was not found".formatted(id)));
  }
}
