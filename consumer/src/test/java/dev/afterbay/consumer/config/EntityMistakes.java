package dev.afterbay.consumer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.provider.Arguments;

/** A good configuration of an entity, and what is reported if it is changed. */
final class EntityMistakes {
  static final String GOOD =
      """
      application: shop
      region: us-east-1
      lake: s3://afterbay/lake
      tables:
        - name: Orders
          protect-key: env:HASH_KEY
          entities:
            - name: orders
              match: { PK: "USER#{user_id}", SK: "ORDER#{order_id}" }
              columns: { Total: decimal(12,2), Address: struct<city: string, zip: string> }
              where: { type: order }
      """;

  private EntityMistakes() {}

  /** Something else in place of what the file says, and the one problem that it makes. */
  static Arguments wrong(String good, String bad, String problem) {
    assertThat(GOOD).contains(good);
    return Arguments.of(GOOD.replace(good, bad), problem);
  }

  /** A line after the file, and the one problem that it makes. */
  static Arguments more(String line, String problem) {
    return Arguments.of(GOOD + line + "\n", problem);
  }

  /** The problems with a file, without the folder that it is in. */
  static List<String> problems(Path dir, String yaml) throws IOException {
    Files.writeString(dir.resolve("broken.avsc"), "{\"type\": \"missing\"}");
    Files.writeString(
        dir.resolve("clash.avsc"),
        """
        {"type": "record", "name": "orders", "fields": [
          {"name": "Total", "type": ["null", "long"]},
          {"name": "USER_id", "type": "string"}]}
        """);
    Path file = Files.writeString(dir.resolve("afterbay.yaml"), yaml);
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class, () -> AfterbayConfig.read(file, Map.of()));
    return refused.problems().stream()
        .map(problem -> problem.toString().replace(dir + "/", ""))
        .toList();
  }
}
