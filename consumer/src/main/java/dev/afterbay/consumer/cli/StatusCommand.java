package dev.afterbay.consumer.cli;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.status.Status;
import dev.afterbay.consumer.status.StatusJson;
import dev.afterbay.consumer.status.StatusReport;
import dev.afterbay.consumer.status.StatusText;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code afterbay status}: how far the lake is. */
@Command(
    name = "status",
    description = "Show how far the lake is: shards, positions, lag, owners, commits, gaps.")
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    AfterbayConfig read = config.read();
    StatusReport report = Status.of(read, InstantSource.system());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(StatusJson.of(report).toPrettyString());
    } else {
      StatusText.print(report, out);
    }
    return ExitCode.OK;
  }
}
