package dev.afterbay.local.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the policies of a role allow. Conditions are not evaluated: they are listed.
 *
 * @param statements of all its policies
 */
public record RolePolicy(List<Statement> statements) {
  /** The policies of a role whose properties are filled in. */
  public static RolePolicy of(JsonNode role) {
    List<Statement> statements = new ArrayList<>();
    for (JsonNode policy : role.path("Policies")) {
      for (JsonNode statement : policy.path("PolicyDocument").path("Statement")) {
        statements.add(Statement.of(statement));
      }
    }
    return new RolePolicy(statements);
  }

  /** What of the needed is not allowed. */
  public List<Permission> denied(Collection<Permission> needed) {
    return needed.stream().filter(need -> !allows(need)).toList();
  }

  private boolean allows(Permission need) {
    return statements.stream().filter(Statement::allow).anyMatch(s -> s.covers(need))
        && statements.stream().filter(s -> !s.allow()).noneMatch(s -> s.covers(need));
  }

  /** The statements that nothing needs. */
  public List<String> unused(Collection<Permission> needed) {
    return statements.stream()
        .filter(statement -> needed.stream().noneMatch(statement::covers))
        .map(Statement::sid)
        .toList();
  }

  /** The actions of statements that may be taken away without anything being denied. */
  public List<String> superfluousActions(Collection<Permission> needed) {
    return smaller(Statement::actions, Statement::withoutAction, needed);
  }

  /** The resources of statements that may be taken away without anything being denied. */
  public List<String> superfluousResources(Collection<Permission> needed) {
    return smaller(Statement::resources, Statement::withoutResource, needed);
  }

  /** How many actions all statements name. */
  public int actions() {
    return statements.stream().mapToInt(statement -> statement.actions().size()).sum();
  }

  private List<String> smaller(Parts parts, Without without, Collection<Permission> needed) {
    List<String> superfluous = new ArrayList<>();
    int denied = denied(needed).size();
    for (int i = 0; i < statements.size(); i++) {
      for (String part : parts.of(statements.get(i))) {
        List<Statement> fewer = new ArrayList<>(statements);
        fewer.set(i, without.take(statements.get(i), part));
        if (new RolePolicy(fewer).denied(needed).size() == denied) {
          superfluous.add(statements.get(i).sid() + " " + part);
        }
      }
    }
    return superfluous;
  }

  private interface Parts {
    List<String> of(Statement statement);
  }

  private interface Without {
    Statement take(Statement statement, String part);
  }

  /**
   * One statement.
   *
   * @param conditions as JSON, empty if there are none
   */
  public record Statement(
      String sid, boolean allow, List<String> actions, List<String> resources, String conditions) {
    static Statement of(JsonNode statement) {
      return new Statement(
          statement.path("Sid").asText("unnamed"),
          statement.path("Effect").asText().equals("Allow"),
          texts(statement.path("Action")),
          texts(statement.path("Resource")),
          statement.has("Condition") ? statement.get("Condition").toString() : "");
    }

    private static List<String> texts(JsonNode node) {
      return node.isArray()
          ? StreamSupport.stream(node.spliterator(), false).map(JsonNode::asText).toList()
          : List.of(node.asText());
    }

    boolean covers(Permission need) {
      return actions.stream().anyMatch(action -> matches(action, need.action()))
          && resources.stream().anyMatch(resource -> matches(resource, need.resource()));
    }

    private static boolean matches(String pattern, String text) {
      return Stream.of(pattern.split("\\*", -1))
          .map(Pattern::quote)
          .collect(Collectors.collectingAndThen(Collectors.joining(".*"), Pattern::compile))
          .matcher(text)
          .matches();
    }

    Statement withoutAction(String action) {
      return new Statement(sid, allow, without(actions, action), resources, conditions);
    }

    Statement withoutResource(String resource) {
      return new Statement(sid, allow, actions, without(resources, resource), conditions);
    }

    private static List<String> without(List<String> all, String part) {
      return all.stream().filter(element -> !element.equals(part)).toList();
    }
  }
}
