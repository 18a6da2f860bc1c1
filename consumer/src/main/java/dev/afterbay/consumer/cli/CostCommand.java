package dev.afterbay.consumer.cli;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.consumer.cost.Estimate;
import dev.afterbay.consumer.cost.Observed;
import dev.afterbay.consumer.cost.Plan;
import dev.afterbay.consumer.cost.Prices;
import dev.afterbay.consumer.cost.Workload;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code afterbay cost}: what the configured service costs in a month. */
@Command(
    name = "cost",
    description = {
      "Estimate what a month costs, from the rates of the lake and its tables or from given ones.",
      "Each line says what it assumes; what is given on the command line is not observed."
    })
final class CostCommand implements Callable<Integer> {
  private static final double DAYS = 730 / 24.0;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "Prices of your own (YAML), in the form of those that come with the program.")
  private @Nullable Path prices;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description = "Open shards. Default: observed, or 4.")
  private @Nullable Double shards;

  @Option(
      names = "--writes-per-second",
      paramLabel = "W",
      description = "Changes, on average over the month. Default: observed, or 10.")
  private @Nullable Double writes;

  @Option(
      names = "--item-bytes",
      paramLabel = "B",
      description = "Of an item, on average. Default: observed, or 1000.")
  private @Nullable Double itemBytes;

  @Option(
      names = "--stored-items",
      paramLabel = "N",
      description = "Items in the tables. Default: observed, or a million.")
  private @Nullable Double storedItems;

  @Option(
      names = "--idle-latency",
      paramLabel = "SECONDS",
      description = "How often an idle shard is asked. Default: as configured.")
  private @Nullable Double idleLatency;

  @Option(
      names = "--tasks",
      defaultValue = "2",
      description = "Workers. Default: ${DEFAULT-VALUE}.")
  private double tasks;

  @Option(
      names = "--vcpu",
      defaultValue = "1",
      description = "Of a worker. Default: ${DEFAULT-VALUE}.")
  private double vcpu;

  @Option(
      names = "--memory-gb",
      defaultValue = "2",
      description = "Of a worker. Default: ${DEFAULT-VALUE}.")
  private double memory;

  @Option(
      names = "--months",
      defaultValue = "12",
      description = "How old the lake is. Default: ${DEFAULT-VALUE}.")
  private double months;

  @Option(
      names = "--questions",
      defaultValue = "1000",
      description = "That Athena is asked in a month. Default: ${DEFAULT-VALUE}.")
  private double questions;

  @Option(
      names = "--metrics",
      defaultValue = "30",
      description = "In CloudWatch. Default: ${DEFAULT-VALUE}.")
  private double metrics;

  @Option(
      names = "--log-gb",
      defaultValue = "1",
      description = "Of logs in a month. Default: ${DEFAULT-VALUE}.")
  private double logs;

  @Option(
      names = "--interface-endpoints",
      defaultValue = "0",
      description = "Of the VPC, times its zones. Default: ${DEFAULT-VALUE}.")
  private double endpoints;

  @Override
  public Integer call() {
    AfterbayConfig read = config.read();
    Prices known = prices(read.region());
    boolean all = shards != null && writes != null && itemBytes != null && storedItems != null;
    Observed observed = all ? Observed.nothing() : Observed.of(read);
    PrintWriter err = spec.commandLine().getErr();
    observed.notes().forEach(note -> err.println("afterbay: " + note));
    Workload workload = workload(read, observed);
    Estimate estimate = Estimate.of(workload, plan(read), known);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(CostAnswer.json(workload, known, estimate).toPrettyString());
    } else {
      CostAnswer.print(workload, known, estimate, out);
    }
    return ExitCode.OK;
  }

  private Prices prices(String region) {
    try {
      return prices == null ? Prices.standard(region) : Prices.read(prices, region);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Workload workload(AfterbayConfig read, Observed observed) {
    try {
      return new Workload(
          read.tables().size(),
          given("--shards", shards, observed.shards(), 4.0 * read.tables().size()),
          given("--writes-per-second", writes, observed.writesPerSecond(), 10),
          given("--item-bytes", itemBytes, observed.itemBytes(), 1_000),
          given("--stored-items", storedItems, observed.storedItems(), 1e6));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private double given(
      String name, @Nullable Double option, Optional<Double> seen, double otherwise) {
    if (option != null) {
      return option;
    }
    if (seen.isEmpty()) {
      String assumed = "afterbay: neither given nor observed: assumes %s %.0f";
      spec.commandLine().getErr().println(assumed.formatted(name, otherwise));
    }
    return seen.orElse(otherwise);
  }

  private Plan plan(AfterbayConfig read) {
    if (idleLatency != null && !(idleLatency > 0)) {
      throw new ParameterException(spec.commandLine(), "--idle-latency is more than 0");
    }
    boolean typed = read.tables().stream().map(TableConfig::entities).anyMatch(e -> !e.isEmpty());
    double audits =
        read.reconciliation()
            .auditEvery()
            .map(every -> DAYS * Duration.ofDays(1).toSeconds() / every.toSeconds())
            .orElse(0.0);
    return new Plan(
        read.commit(),
        typed ? 2 : 1,
        idleLatency == null
            ? read.poll().idleLatency()
            : Duration.ofMillis(Math.round(idleLatency * 1000)),
        tasks,
        vcpu,
        memory,
        audits,
        months,
        questions,
        metrics,
        logs,
        endpoints);
  }
}
