package dev.afterbay.benchmarks.growth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the start of a worker asks of the commit log, and what a commit does, after days of commits:
 * with a start each day, and with none in all that time.
 */
@Command(name = "growth", description = "The commit log's requests after days of commits.")
public final class Growth implements Callable<Integer> {
  @Option(names = "--days", split = ",", defaultValue = "1,10,100", description = "Numbers.")
  private List<Integer> days = List.of();

  @Option(names = "--shards", defaultValue = "4", description = "Open at once.")
  private int shards;

  @Option(names = "--commits", defaultValue = "48", description = "Of a shard in four hours.")
  private int commits;

  /** Prints a table. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Growth()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    System.out.println(
        "| days | starts | LIST | GET, HEAD | PUT, POST | start ms | requests a commit |\n"
            + "|---|---|---|---|---|---|---|");
    Path scratch = Files.createTempDirectory("afterbay-growth-");
    for (int number : days) {
      measure(number, Starts.DAILY, scratch);
      measure(number, Starts.NONE, scratch);
    }
    Files.deleteIfExists(scratch);
    return 0;
  }

  /** How often workers start meanwhile. */
  enum Starts {
    DAILY,
    NONE
  }

  /** What the start after the last day asks. */
  CountingStore.Requests measure(int number, Starts starts, Path scratch) {
    History history = new History(shards, commits, scratch);
    CountingStore.Requests committed = history.store().requests();
    for (int day = 1; day <= number; day++) {
      CountingStore.Requests before = history.store().requests();
      history.day();
      committed = history.store().requests().since(before);
      if (starts == Starts.DAILY && day < number) {
        history.start();
      }
    }
    CountingStore.Requests before = history.store().requests();
    long began = System.nanoTime();
    history.start();
    double millis = (System.nanoTime() - began) / 1e6;
    CountingStore.Requests asked = history.store().requests().since(before);
    System.out.printf(
        "| %d | %s | %d | %d | %d | %.0f | %.2f |%n",
        number,
        starts == Starts.DAILY ? "daily" : "none",
        asked.lists(),
        asked.reads(),
        asked.writes(),
        millis,
        (committed.lists() + committed.reads() + committed.writes())
            / (double) (History.LIVES_A_DAY * shards * commits));
    return asked;
  }
}
