package dev.afterbay.local.cli;

import dev.afterbay.consumer.cli.Afterbay;
import dev.afterbay.local.demo.ChildJvm;
import picocli.CommandLine;

/** The {@code afterbay} command with the subcommands that exist only on a developer's machine. */
public final class LocalMain {
  private static final String LOGGING = "logback.configurationFile";

  private LocalMain() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "logback-local.xml");
    }
    CommandLine line = Afterbay.commandLine();
    line.addSubcommand(new LocalCommand());
    line.addSubcommand(
        new DemoCommand(
            (config, log) -> ChildJvm.service().launch(config, log),
            ServiceLake::open,
            command -> ChildJvm.service().run(command)));
    line.addSubcommand(new TortureCommand());
    System.exit(Afterbay.execute(line, arguments));
  }
}
