package dev.afterbay.local.athena;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.local.awsjson.Asked;
import dev.afterbay.local.awsjson.RefusedCallException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The prepared statements of all workgroups. */
final class PreparedStatements {
  private static final String NAME = "StatementName";
  private static final String WORKGROUP = "WorkGroup";
  private static final String SQL = "QueryStatement";
  private static final String DESCRIPTION = "Description";
  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_@:]{1,256}");

  private final InstantSource clock;
  private final Map<Key, Statement> statements = new ConcurrentHashMap<>();

  PreparedStatements(InstantSource clock) {
    this.clock = clock;
  }

  Optional<String> sql(String workgroup, String name) {
    return Optional.ofNullable(statements.get(new Key(workgroup, name))).map(Statement::sql);
  }

  ObjectNode get(Asked asked) {
    Key key = key(asked);
    Statement statement = statements.get(key);
    if (statement == null) {
      throw notFound(key);
    }
    return JsonNodeFactory.instance.objectNode().set("PreparedStatement", statement.json(key));
  }

  ObjectNode create(Asked asked) {
    Key key = key(asked);
    if (!LEGAL.matcher(key.name()).matches()) {
      throw AthenaCalls.invalid(NAME + " has to match " + LEGAL + ": " + key.name());
    }
    if (statements.putIfAbsent(key, statement(asked)) != null) {
      throw AthenaCalls.invalid("PreparedStatement already exists: " + key.name());
    }
    return JsonNodeFactory.instance.objectNode();
  }

  ObjectNode update(Asked asked) {
    Key key = key(asked);
    if (statements.replace(key, statement(asked)) == null) {
      throw notFound(key);
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private Statement statement(Asked asked) {
    return new Statement(asked.text(SQL), asked.optional(DESCRIPTION), clock.instant());
  }

  private static Key key(Asked asked) {
    return new Key(asked.text(WORKGROUP), asked.text(NAME));
  }

  private static RuntimeException notFound(Key key) {
    return new RefusedCallException(
        "ResourceNotFoundException",
        "PreparedStatement %s was not found in workGroup %s"
            .formatted(key.name(), key.workgroup()));
  }

  private record Key(String workgroup, String name) {}

  private record Statement(String sql, Optional<String> description, Instant modified) {
    ObjectNode json(Key key) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put(NAME, key.name()).put(SQL, sql).put("WorkGroupName", key.workgroup());
      json.put("LastModifiedTime", Execution.seconds(modified));
      description.ifPresent(text -> json.put(DESCRIPTION, text));
      return json;
    }
  }
}
