package dev.afterbay.consumer.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A reader of the Prometheus text format, written without the library that wrote it. */
final class Samples {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-z0-9_]+)\\{(?:shard=\"([^\"]*)\",stream=\"[^\"]*\",)?table=\"([^\"]*)\"}"
              + " (-?[0-9.]+(?:E[0-9]+)?)");
  private static final Pattern OF_THE_PROCESS =
      Pattern.compile("afterbay_(?:catalog|healthy|get_records|s3|throttles)");
  private static final Pattern COMMENT =
      Pattern.compile("# (?:HELP ([a-z0-9_]+) .+|TYPE ([a-z0-9_]+) (?:counter|gauge|summary))");

  private Samples() {}

  /**
   * Values by {@code name table} or {@code name table shard}, without those of the process, which
   * are of no table; fails at a line that it does not understand.
   */
  static Map<String, Double> read(String text) {
    assertThat(text).endsWith("\n");
    Map<String, Double> samples = new TreeMap<>();
    for (String line : text.lines().toList()) {
      if (COMMENT.matcher(line).matches() || OF_THE_PROCESS.matcher(line).lookingAt()) {
        continue;
      }
      Matcher sample = SAMPLE.matcher(line);
      assertThat(sample.matches()).as("a sample: %s", line).isTrue();
      String shard = sample.group(2) == null ? "" : " " + sample.group(2);
      Double before =
          samples.put(
              sample.group(1) + " " + sample.group(3) + shard, Double.valueOf(sample.group(4)));
      assertThat(before).as("twice: %s", line).isNull();
    }
    return samples;
  }
}
