package dev.afterbay.consumer.cli;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.preflight.Preflight;
import dev.afterbay.consumer.preflight.TableFacts;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code afterbay run}: one worker in the foreground. */
@Command(
    name = "run",
    description = {
      "Read the streams of the tables and write their changes into the lake, until SIGTERM.",
      "Several may run side by side; they share the work."
    })
final class RunCommand implements Callable<Integer> {
  private final Service service;

  @Mixin private ConfigOption config;

  @Option(
      names = "--worker-id",
      paramLabel = "ID",
      description =
          "This worker's name among its peers; must be unique. Default: the task on ECS, else HOST-PID.")
  private @Nullable String workerId;

  RunCommand(Service service) {
    this.service = service;
  }

  @Override
  public Integer call() throws Exception {
    AfterbayConfig read = config.read();
    try (Termination termination = Termination.onSignal()) {
      List<TableFacts> tables = Preflight.check(read);
      String id = workerId == null ? WorkerName.of(System.getenv()) : workerId;
      ProcessLog.name(id);
      int code = service.run(read, tables, id, termination);
      termination.over(code);
      return code;
    }
  }
}
