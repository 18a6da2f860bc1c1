package dev.afterbay.consumer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who searches a log by keys finds the same thing under the same key everywhere. */
class LogVocabularyTest {
  private static final Set<String> WHERE =
      Set.of("table", "entity", "shardId", "commitId", "sequenceNumber", "object");
  private static final Set<String> WHAT = Set.of("event", "reason", "at", "version");
  private static final Set<String> HOW_MUCH = Set.of("records", "rows", "items", "columns");

  private static final Pattern KEY = Pattern.compile("addKeyValue\\(\\s*\"([^\"]*)\"");

  @Test
  void theKeysOfTheLogAreFewAndFixed() throws IOException {
    Set<String> allowed = new TreeSet<>(WHERE);
    allowed.addAll(WHAT);
    allowed.addAll(HOW_MUCH);

    Set<String> used = new TreeSet<>();
    for (String module : Set.of("transforms", "sinks", "reconciliation", "consumer")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          KEY.matcher(Files.readString(file)).results().forEach(key -> used.add(key.group(1)));
        }
      }
    }

    assertThat(used).isEqualTo(allowed);
  }
}
