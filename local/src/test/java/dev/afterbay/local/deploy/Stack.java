package dev.afterbay.local.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A template whose functions are carried out, as CloudFormation would for one stack.
 *
 * @param values of parameters, pseudo parameters and references to resources by their name, of
 *     attributes as {@code Resource.Attribute}; parameters that are not among them have their
 *     default
 */
public record Stack(Template template, Map<String, String> values) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}!]+)}");

  /** Of a partition, region and account that are no one's. */
  private static final Map<String, String> PSEUDO =
      Map.of(
          "AWS::Partition", "aws",
          "AWS::Region", "us-east-1",
          "AWS::AccountId", "000000000000",
          "AWS::StackName", "stack");

  /** Adds the pseudo parameters and the defaults. */
  public Stack {
    Map<String, String> all = new HashMap<>(PSEUDO);
    template
        .root()
        .path("Parameters")
        .properties()
        .forEach(
            parameter ->
                Optional.ofNullable(parameter.getValue().get("Default"))
                    .ifPresent(value -> all.put(parameter.getKey(), value.asText())));
    all.putAll(values);
    values = Map.copyOf(all);
  }

  /** What a resource is told, with everything filled in. */
  public JsonNode properties(String logicalName) {
    return Objects.requireNonNull(filled(template.properties(logicalName)));
  }

  private @Nullable JsonNode filled(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      for (JsonNode element : array) {
        @Nullable JsonNode value = filled(element);
        if (value != null) {
          all.add(value);
        }
      }
      return all;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    if (object.size() == 1) {
      Map.Entry<String, JsonNode> only = object.properties().iterator().next();
      JsonNode argument = only.getValue();
      switch (only.getKey()) {
        case "Ref":
          return argument.asText().equals("AWS::NoValue") ? null : text(value(argument.asText()));
        case "Fn::GetAtt":
          return text(value(argument.path(0).asText() + "." + argument.path(1).asText()));
        case "Fn::Sub":
          return text(VARIABLE.matcher(argument.asText()).replaceAll(this::replacement));
        case "Fn::If":
          return filled(argument.path(isTrue(argument.path(0).asText()) ? 1 : 2));
        default:
          break;
      }
    }
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    object
        .properties()
        .forEach(
            field -> {
              @Nullable JsonNode value = filled(field.getValue());
              if (value != null) {
                all.set(field.getKey(), value);
              }
            });
    return all;
  }

  private String replacement(MatchResult variable) {
    return Matcher.quoteReplacement(value(variable.group(1)));
  }

  private boolean isTrue(String condition) {
    return isTrue(template.root().path("Conditions").path(condition));
  }

  private boolean isTrue(JsonNode condition) {
    Map.Entry<String, JsonNode> only = condition.properties().iterator().next();
    JsonNode argument = only.getValue();
    return switch (only.getKey()) {
      case "Condition" -> isTrue(argument.asText());
      case "Fn::Not" -> !isTrue(argument.path(0));
      case "Fn::And" -> isTrue(argument.path(0)) && isTrue(argument.path(1));
      case "Fn::Equals" -> Objects.equals(filled(argument.path(0)), filled(argument.path(1)));
      default -> throw new IllegalArgumentException("The condition " + only.getKey());
    };
  }

  private static JsonNode text(String value) {
    return JsonNodeFactory.instance.textNode(value);
  }

  private String value(String name) {
    return Objects.requireNonNull(
        values.get(name), () -> template.name() + ": what " + name + " is, is not said");
  }
}
