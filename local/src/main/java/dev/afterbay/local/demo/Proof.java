package dev.afterbay.local.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The lake held against the tables themselves: a snapshot and an audit; then an audit of a damaged
 * copy, which must name what was damaged and nothing else, and its repair.
 */
final class Proof {
  private static final int CLEAN = 0;
  private static final int DRIFT = 3;
  private static final Duration LATER = Duration.ofSeconds(2);
  private static final String FOUND =
      "SELECT verdict, cdc_key FROM e_commerce_data_audits ORDER BY verdict";

  private final Commands commands;
  private final Lake.Opener opener;
  private final Screen screen;
  private final InstantSource clock;
  private final List<String> lines = new ArrayList<>();
  private boolean holds = true;

  Proof(Commands commands, Lake.Opener opener, Screen screen, InstantSource clock) {
    this.commands = commands;
    this.opener = opener;
    this.screen = screen;
    this.clock = clock;
  }

  /**
   * What came of it.
   *
   * @param holds whether all is as it must be
   * @param lines what the commands said
   * @param found what the audit of the damaged copy found
   */
  record Outcome(boolean holds, List<String> lines, Lake.Answer found) {
    Outcome {
      lines = List.copyOf(lines);
    }
  }

  /** Proves it; the worker must still run. */
  Outcome of(DemoFiles files) {
    String config = files.config().toString();
    // Nothing is written any more: these two moments show the same, and a lake that reaches the
    // second one has everything for both.
    Instant first = clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    Instant second = first.plus(LATER);
    screen.say("Making a snapshot of the tables");
    expect(CLEAN, "snapshot", "--config", config);
    screen.say("Auditing the lake against an export of the tables");
    expect(CLEAN, "audit", "--config", config, "--at", second.toString());

    screen.say("Damaging three rows of a copy of the lake, and auditing it");
    DamagedCopy damaged = DamagedCopy.of(files.lake());
    Path copy = files.writeConfigOf(damaged.prefix());
    lines.add("");
    lines.add(
        "Audit of a copy in which three rows were damaged on purpose, its repair, and after it");
    expect(
        DRIFT,
        "audit",
        "--config",
        copy.toString(),
        "--table",
        "E-commerce-Data",
        "--at",
        first.toString());
    Lake.Answer found = ask(copy);
    if (!verdicts(found).equals(damaged.expected())) {
      holds = false;
      lines.add("  EXPECTED " + damaged.expected());
    }
    screen.say("Repairing the copy");
    run(
        "audit",
        "--config",
        copy.toString(),
        "--table",
        "E-commerce-Data",
        "--at",
        first.toString(),
        "--repair");
    expect(
        CLEAN,
        "audit",
        "--config",
        copy.toString(),
        "--table",
        "E-commerce-Data",
        "--at",
        second.toString());
    return new Outcome(holds, lines, found);
  }

  private Lake.Answer ask(Path config) {
    try (Lake lake = opener.open(config)) {
      return lake.ask(FOUND);
    }
  }

  /** The sort key of each verdict's item. */
  private static Map<String, String> verdicts(Lake.Answer found) {
    Map<String, String> verdicts = new TreeMap<>();
    for (List<?> row : found.rows()) {
      String key = Objects.requireNonNull(row.get(1)).toString();
      String sortKey = key.replaceAll(".*\"SK\":\\{\"S\":\"([^\"]*)\"}.*", "$1");
      verdicts.merge(
          Objects.requireNonNull(row.get(0)).toString(), sortKey, (one, other) -> one + other);
    }
    return verdicts;
  }

  private void expect(int code, String... arguments) {
    Commands.Ended ended = run(arguments);
    if (ended.code() != code) {
      holds = false;
      lines.add("  EXPECTED exit code " + code + ", not " + ended.code());
    }
  }

  private Commands.Ended run(String... arguments) {
    Commands.Ended ended = commands.run(List.of(arguments));
    if (ended.code() != CLEAN && ended.code() != DRIFT) {
      throw new DemoException(
          "'afterbay " + String.join(" ", arguments) + "' failed: " + ended.err());
    }
    ended.out().lines().forEach(line -> lines.add("  " + line));
    return ended;
  }
}
