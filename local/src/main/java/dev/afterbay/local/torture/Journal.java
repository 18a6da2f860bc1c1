package dev.afterbay.local.torture;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** What happened when, line by line in a file, and how often. */
final class Journal implements AutoCloseable {
  private final PrintWriter out;
  private final InstantSource clock;
  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<String, Long> reasons = new TreeMap<>();

  Journal(Path file, InstantSource clock) {
    this.clock = clock;
    try {
      this.out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes what happened. */
  synchronized void note(String line) {
    out.println(clock.instant() + " " + line);
  }

  /** Counts what happened. */
  synchronized void count(String what) {
    counts.merge(what, 1L, Long::sum);
  }

  /** Counts that a worker stopped itself for a reason. */
  synchronized void stoppedItself(String reason) {
    reasons.merge(reason, 1L, Long::sum);
  }

  synchronized long counted(String what) {
    return counts.getOrDefault(what, 0L);
  }

  /** Why workers stopped themselves, and how often for each reason. */
  synchronized Map<String, Long> reasons() {
    return new TreeMap<>(reasons);
  }

  @Override
  public synchronized void close() {
    out.close();
  }
}
