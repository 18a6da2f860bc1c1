package dev.afterbay.local.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a worker ended, as its log says last. */
final class LastSentence {
  private static final Pattern OURS = Pattern.compile("^\\S+Z ERROR +d\\.a\\.\\S+ (.*)$");
  private static final Pattern ERROR = Pattern.compile("^\\S+Z ERROR +\\S+ (.*)$");
  private static final Pattern ANSWER = Pattern.compile("^afterbay: (.*)$");
  private static final Pattern FATAL = Pattern.compile("^(.*OutOfMemoryError.*)$");
  private static final int LONGEST = 400;

  private LastSentence() {}

  /**
   * The last sentence of a log that tells of a failure, the service's own first; else its last
   * line.
   */
  static String of(Path log) {
    List<String> lines;
    try {
      lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(OURS, ANSWER, FATAL, ERROR).stream()
        .flatMap(pattern -> last(lines, pattern).stream())
        .findFirst()
        .orElseGet(() -> lines.isEmpty() ? "(nothing was logged)" : lines.get(lines.size() - 1));
  }

  private static Optional<String> last(List<String> lines, Pattern pattern) {
    return lines.stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .reduce((before, after) -> after);
  }

  /** The same without what differs from case to case: shards, numbers, keys. */
  static String reason(String sentence) {
    String reason =
        sentence
            .replaceAll("'[^']*'", "'…'")
            .replaceAll("shardId-[0-9]+-[0-9a-f]+", "shardId-…")
            .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z?", "(time)")
            .replaceAll("\\b[0-9a-fA-F]{8,}(-[0-9a-fA-F]+)*\\b", "…")
            .replaceAll("Request ID: [^,)]+", "Request ID: …")
            .replaceAll("[0-9]{4,}", "…");
    return reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST) + "…";
  }
}
