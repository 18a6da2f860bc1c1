package dev.afterbay.consumer.cli;

import dev.afterbay.consumer.aws.Sentences;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code afterbay} command. */
@Command(
    name = "afterbay",
    description = "Keeps an exact, queryable history of DynamoDB tables in S3.",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Exit codes: 0 ok, 1 failed, 2 usage or configuration, 3 a negative verdict."})
public final class Afterbay {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean unusedHelp;

  @Option(names = "--version", versionHelp = true, description = "Show the version.")
  private boolean unusedVersion;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log where a failure came from.")
  private boolean verbose;

  private Afterbay() {}

  /** The command with all subcommands that need nothing but AWS and the lake. */
  public static CommandLine commandLine() {
    return commandLine(new ForegroundWorker());
  }

  /** The same with another service behind {@code run}. */
  static CommandLine commandLine(Service service) {
    Afterbay root = new Afterbay();
    CommandLine line = new CommandLine(CommandSpec.forAnnotatedObject(root));
    line.addSubcommand(new RunCommand(service));
    line.addSubcommand(new DoctorCommand());
    line.addSubcommand(new CostCommand());
    line.addSubcommand(new StatusCommand());
    line.addSubcommand(new QueryCommand());
    line.addSubcommand(new DdlCommand());
    line.addSubcommand(new DiscoverCommand());
    line.addSubcommand(new AuditCommand());
    line.addSubcommand(new FsckCommand());
    line.addSubcommand(new QuarantineCommand());
    line.addSubcommand(new SnapshotCommand());
    line.addSubcommand(new HealCommand());
    line.addSubcommand(new RederiveCommand());
    line.addSubcommand(new RestoreCommand());
    line.addSubcommand(new ReplayCommand());
    line.addSubcommand(new EraseCommand());
    return Answers.on(line, () -> root.verbose);
  }

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // What is no Exception, such as an OutOfMemoryError, passes the command line by.
    Thread.currentThread()
        .setUncaughtExceptionHandler(
            (thread, thrown) -> {
              System.err.println("afterbay: " + Sentences.of(thrown));
              Runtime.getRuntime().halt(ExitCode.FAILED);
            });
    System.exit(execute(commandLine(), arguments));
  }

  /** Runs one command on the streams of this process, in UTF-8 whatever the platform says. */
  public static int execute(CommandLine line, String... arguments) {
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    Optional<String> mistake = ProcessLog.mistake(System.getenv());
    mistake.ifPresent(line.getErr()::println);
    if (mistake.isPresent()) {
      return ExitCode.USAGE;
    }
    ProcessLog.takeAll();
    int code = line.execute(arguments);
    line.getOut().flush();
    line.getErr().flush();
    return code;
  }
}
