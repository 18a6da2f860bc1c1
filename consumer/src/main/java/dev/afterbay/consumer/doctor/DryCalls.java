package dev.afterbay.consumer.doctor;

import dev.afterbay.consumer.aws.Sentences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Calls that change nothing, made to see whether they are allowed. */
final class DryCalls {
  private final List<String> allowed = new ArrayList<>();
  private final List<String> untried = new ArrayList<>();
  private final Map<String, Set<String>> denied = new LinkedHashMap<>();

  /**
   * Makes a call.
   *
   * @param action the IAM action that it needs
   * @param resource on which
   * @param harmless errors with which the service answers only whoever is allowed
   * @return whether it is allowed
   */
  boolean tried(String action, String resource, Runnable call, String... harmless) {
    try {
      call.run();
    } catch (AwsServiceException e) {
      if (Sentences.isAccessDenied(e)) {
        PolicyStatement lacked = PolicyStatement.allowing(action, resource).lackedBy(e);
        denied
            .computeIfAbsent(lacked.resource(), unused -> new LinkedHashSet<>())
            .addAll(lacked.actions());
        return false;
      }
      if (!Set.of(harmless).contains(code(e))) {
        throw e;
      }
    }
    allowed.add(action);
    return true;
  }

  /** Notes an action that cannot be tried without doing it. */
  void untried(String action) {
    untried.add(action);
  }

  /** All of them in one sentence. */
  Outcome outcome() {
    String rest =
        untried.isEmpty()
            ? ""
            : " (not tried, because there is no harmless call: " + String.join(", ", untried) + ")";
    if (denied.isEmpty()) {
      return Outcome.ok("allowed: " + String.join(", ", allowed) + rest);
    }
    String statements =
        denied.entrySet().stream()
            .map(of -> new PolicyStatement(List.copyOf(of.getValue()), of.getKey()).toString())
            .collect(Collectors.joining(", "));
    return Outcome.failed(
        "Access denied: "
            + denied.values().stream().flatMap(Set::stream).collect(Collectors.joining(", ")),
        "add to the role's policy: " + statements);
  }

  static String code(AwsServiceException refused) {
    String code = refused.awsErrorDetails() == null ? null : refused.awsErrorDetails().errorCode();
    return code == null ? "" : code;
  }
}
