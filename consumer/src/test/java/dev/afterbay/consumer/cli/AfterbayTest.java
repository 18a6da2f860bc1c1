package dev.afterbay.consumer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class AfterbayTest {
  @TempDir Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theHelpListsEveryCommandEvenOneThatAnotherModuleAdds() {
    CommandLine line = Afterbay.commandLine();
    line.addSubcommand(new Added());

    assertThat(run(line, "--help")).isZero();
    assertThat(out.toString())
        .startsWith("Usage: afterbay ")
        .contains(
            "run ",
            "doctor ",
            "cost ",
            "status ",
            "query ",
            "fsck ",
            "quarantine ",
            "snapshot ",
            "audit ",
            "heal ",
            "added ")
        .contains("Exit codes: 0 ok, 1 failed, 2 usage or configuration, 3 a negative verdict.");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "doctor",
        "cost",
        "status",
        "query",
        "fsck",
        "quarantine",
        "snapshot",
        "audit",
        "heal",
        "added"
      })
  void everyCommandHasHelp(String command) {
    CommandLine line = Afterbay.commandLine();
    line.addSubcommand(new Added());

    assertThat(run(line, command, "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: afterbay " + command).contains("--verbose");
  }

  @Test
  void theVersionIsPrinted() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("afterbay ").contains("Java ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|Missing required subcommand|afterbay",
        "stats|Unmatched argument at index 0: 'stats'|afterbay",
        "run|Missing required option: '--config=FILE'|afterbay run",
        "status --jsn --config x|Unknown option: '--jsn'|afterbay status",
        "query --config x|Missing required parameter: 'SQL'|afterbay query",
        "query --config x --format xml 1|Invalid value for option '--format': 'xml' is not a format;"
            + " write table, csv or json|afterbay query",
        "quarantine drop --config x|Invalid value for positional parameter at index 0 (ACTION):"
            + " 'drop' is not an action; write list or reprocess|afterbay quarantine",
        "snapshot --config x --slice 5/4|Invalid value for option '--slice': There is no slice 5/4;"
            + " write for example 1/4, up to 4/4|afterbay snapshot",
        "snapshot --config x --at noon|Invalid value for option '--at': 'noon' is not a moment to the"
            + " second, in UTC; write for example 2026-11-21T05:00:00Z|afterbay snapshot",
        "snapshot --config x --at 2026-11-21T05:00:00.5Z|Invalid value for option '--at':"
            + " '2026-11-21T05:00:00.5Z' is not a moment to the second, in UTC; write for example"
            + " 2026-11-21T05:00:00Z|afterbay snapshot",
        "snapshot --config x --at 9999-01-01T00:00:00Z|'''--at'': 9999-01-01T00:00:00Z is still to come;"
            + " write a moment of the past'|afterbay snapshot",
        "audit --config x --at yesterday|Invalid value for option '--at': 'yesterday' is not a moment"
            + " to the second, in UTC; write for example 2026-11-21T05:00:00Z|afterbay audit",
        "audit --config x --at 9999-01-01T00:00:00Z|'''--at'': 9999-01-01T00:00:00Z is still to come;"
            + " write a moment of the past'|afterbay audit",
        "audit --config x --wait long|Invalid value for option '--wait': 'long' is not a duration;"
            + " write for example 90s, 15m or 2h|afterbay audit",
        "audit --config x --wait PT-5M|Invalid value for option '--wait': 'PT-5M' is not a duration;"
            + " write for example 90s, 15m or 2h|afterbay audit",
        "audit --config x --engine spark|Invalid value for option '--engine': 'spark' is no engine;"
            + " write duckdb or athena|afterbay audit",
        "audit --config x --wiat 5m|Unknown options: '--wiat', '5m'|afterbay audit",
        "heal --config x --at 2026-11-21T05:00:00Z|Unknown options: '--at',"
            + " '2026-11-21T05:00:00Z'|afterbay heal",
        "snapshot --config x --slice 1/4|A slice needs --at, so that all tasks share one"
            + " export; write for example --at|afterbay snapshot"
      })
  void aMistakeOnTheCommandLineIsSaidInOneLineAndExitsTwo(
      String arguments, String sentence, String command) {
    assertThat(run(arguments == null ? new String[0] : arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("afterbay: " + sentence)
        .endsWith("Try '" + command + " --help'.\n");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit", "heal", "quarantine", "snapshot"})
  void aTableThatIsNotInTheConfigurationIsSaidWithThoseThatAreAndExitsTwo(String command)
      throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("afterbay.yaml"),
            "{application: a, region: us-east-1, lake: 's3://afterbay',"
                + " tables: [{name: Orders}, {name: Tasks}]}");

    assertThat(run(command, "--config", file.toString(), "--table", "Taks")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "afterbay: 'Taks' is not a table of the configuration; it has Orders, Tasks\n"
                + "Try 'afterbay "
                + command
                + " --help'.\n");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"run", "status", "fsck", "query", "quarantine", "snapshot", "audit", "heal"})
  void mistakesInTheConfigurationAreAllToldAndExitTwo(String command) throws IOException {
    Path file = Files.writeString(dir.resolve("afterbay.yaml"), "application: 'a b'\nregin: x\n");

    String[] arguments =
        "query".equals(command)
            ? new String[] {command, "--config", file.toString(), "SHOW TABLES"}
            : new String[] {command, "--config", file.toString()};
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            file + ":1:14: 'application': 'a b' is not a name",
            file + ":2:1: 'regin' is not a known key; did you mean 'region'?",
            "mistakes in the configuration")
        .doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anEmptyQuestionIsRefused() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("afterbay.yaml"),
            "{application: a, region: us-east-1, lake: 's3://afterbay', tables: [{name: Tab}]}");

    assertThat(run("query", "--config", file.toString(), " ")).isEqualTo(1);
    assertThat(err)
        .hasToString("afterbay: There is no question; write for example \"SHOW TABLES\"\n");
  }

  @Test
  void whatBreaksInACommandIsASentenceAndExitsOne() {
    CommandLine line = Afterbay.commandLine();
    line.addSubcommand(new Added());

    assertThat(run(line, "added")).isEqualTo(1);
    assertThat(err)
        .hasToString(
            "afterbay: Unexpected: IllegalStateException: broken inside (--verbose logs where)\n");
  }

  @Command(name = "added", description = "One of another module.")
  private static final class Added implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("broken inside");
    }
  }

  private int run(String... arguments) {
    return run(Afterbay.commandLine(), arguments);
  }

  private int run(CommandLine line, String... arguments) {
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
