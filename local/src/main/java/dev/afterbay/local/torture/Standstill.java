package dev.afterbay.local.torture;

import dev.afterbay.local.demo.Screen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What is to be seen of a fleet that does not go on: its leases, and what each worker does. */
final class Standstill {
  private static final Duration DUMP = Duration.ofSeconds(2);
  private static final String DUMP_BEGINS = "Full thread dump";
  private static final int LINES = 40;

  private final Fleet fleet;
  private final LeaseRows leases;
  private final TortureFiles files;

  Standstill(Fleet fleet, LeaseRows leases, TortureFiles files) {
    this.fleet = fleet;
    this.leases = leases;
    this.files = files;
  }

  /** Tells it; each worker's threads are in its log afterwards. */
  void tell(Screen screen) {
    leases.inFull().forEach(screen::say);
    tail(files.journal()).forEach(screen::say);
    List<Path> logs = fleet.dumpThreads();
    Waiting.pause(DUMP);
    for (Path log : logs) {
      screen.say(log + " ends, but for the threads, with");
      tail(log).forEach(screen::say);
    }
  }

  private static List<String> tail(Path file) {
    try {
      List<String> lines =
          new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
              .lines()
              .takeWhile(line -> !line.startsWith(DUMP_BEGINS))
              .toList();
      return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
