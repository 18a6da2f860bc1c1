package dev.afterbay.local.cli;

import dev.afterbay.local.aws.LocalAwsException;
import dev.afterbay.local.demo.Commands;
import dev.afterbay.local.demo.Demo;
import dev.afterbay.local.demo.DemoException;
import dev.afterbay.local.demo.DemoReport;
import dev.afterbay.local.demo.DemoResult;
import dev.afterbay.local.demo.Lake;
import dev.afterbay.local.demo.Screen;
import dev.afterbay.local.demo.Worker;
import dev.afterbay.local.workload.ScenarioException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code afterbay demo}: the whole system on this machine, in about a minute. */
@Command(
    name = "demo",
    description = {
      "Shows the whole system on this machine, without an account:",
      "a local AWS, a workload, a worker, and questions to the lake in SQL."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int NEGATIVE_VERDICT = 3;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "How long the generated load lasts. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Receives the lake and the log. Default: a new temporary directory.")
  private @Nullable Path dir;

  @Option(names = "--json", description = "Print only one JSON object on standard output.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Worker.Launcher launcher;
  private final Lake.Opener opener;
  private final Commands commands;

  public DemoCommand(Worker.Launcher launcher, Lake.Opener opener, Commands commands) {
    this.launcher = launcher;
    this.opener = opener;
    this.commands = commands;
  }

  @Override
  public Integer call() throws IOException {
    if (seconds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--seconds must be at least 1, not " + seconds);
    }
    Screen screen = System.console() == null ? Screen.lines(System.err) : Screen.bars(System.err);
    try {
      Demo demo = new Demo(launcher, opener, commands, screen, InstantSource.system());
      DemoResult result = demo.run(directory(), Duration.ofSeconds(seconds));
      print(result);
      return result.exact() ? 0 : NEGATIVE_VERDICT;
    } catch (LocalAwsException | DemoException | ScenarioException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(e.getMessage());
      err.flush();
      return 1;
    }
  }

  private Path directory() throws IOException {
    return dir == null ? Files.createTempDirectory("afterbay-demo-") : dir;
  }

  private void print(DemoResult result) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(DemoReport.json(result));
      out.flush();
    } else {
      DemoReport.print(result, out);
    }
  }
}
