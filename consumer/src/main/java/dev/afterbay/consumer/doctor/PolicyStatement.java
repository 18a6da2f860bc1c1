package dev.afterbay.consumer.doctor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * A statement of an IAM policy that allows some actions; its text is the JSON.
 *
 * @param actions such as {@code dynamodb:GetRecords}
 * @param resource an ARN, maybe with wildcards
 */
record PolicyStatement(List<String> actions, String resource) {
  private static final Pattern KMS =
      Pattern.compile("perform: (kms:\\w+)(?:.*?(arn:\\S+?:key/[\\w-]+))?");

  PolicyStatement {
    actions = List.copyOf(actions);
  }

  static PolicyStatement allowing(String action, String resource) {
    return new PolicyStatement(List.of(action), resource);
  }

  /**
   * The statement that a refused call lacks: another service's key is used in the caller's name,
   * and only the message tells when that is what is refused.
   */
  PolicyStatement lackedBy(AwsServiceException refused) {
    return ofKey(refused).orElse(this);
  }

  private static Optional<PolicyStatement> ofKey(AwsServiceException refused) {
    Matcher named = KMS.matcher(String.valueOf(refused.getMessage()));
    if (!named.find()) {
      return Optional.empty();
    }
    String key = named.group(2) == null ? "KEY-ARN" : named.group(2);
    return Optional.of(new PolicyStatement(List.of("kms:Decrypt", "kms:GenerateDataKey"), key));
  }

  /** How the reader is told to add it. */
  String advice() {
    return "add to the role's policy: " + this;
  }

  @Override
  public String toString() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("Effect", "Allow");
    if (actions.size() == 1) {
      json.put("Action", actions.get(0));
    } else {
      actions.forEach(json.putArray("Action")::add);
    }
    return json.put("Resource", resource).toString();
  }
}
