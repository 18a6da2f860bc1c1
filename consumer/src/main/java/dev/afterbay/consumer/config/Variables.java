package dev.afterbay.consumer.config;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${NAME}} and {@code ${NAME:-default}} in a value; {@code $${} stands for {@code
 * ${}. As in a shell, the default also replaces an empty variable.
 */
final class Variables {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\$\\{|\\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?})?");

  private final Map<String, String> environment;

  Variables(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** The value with its variables replaced; what cannot be replaced is handed to the consumer. */
  String replace(String value, Consumer<String> problem) {
    if (!value.contains("${")) {
      return value;
    }
    return REFERENCE
        .matcher(value)
        .replaceAll(match -> Matcher.quoteReplacement(replacement(match, value, problem)));
  }

  private String replacement(MatchResult match, String value, Consumer<String> problem) {
    if (match.group().startsWith("$$")) {
      return "${";
    }
    String name = match.group(1);
    if (name == null) {
      problem.accept(
          "'"
              + value
              + "' has a '${' that names no variable; write ${NAME}, ${NAME:-default} or,"
              + " for the characters themselves, $${");
      return "";
    }
    String set = environment.getOrDefault(name, "");
    String fallback = match.group(2);
    if (fallback != null) {
      return set.isEmpty() ? fallback : set;
    }
    if (!environment.containsKey(name)) {
      problem.accept(
          "the environment variable "
              + name
              + " is not set; set it, or write ${"
              + name
              + ":-default}");
    }
    return set;
  }
}
