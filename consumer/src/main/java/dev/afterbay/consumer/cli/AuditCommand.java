package dev.afterbay.consumer.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.consumer.auditing.TableAudits;
import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.ReconciliationConfig;
import dev.afterbay.consumer.config.ReconciliationConfig.AuditEngine;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.reconciliation.audit.AuditNotes;
import dev.afterbay.reconciliation.audit.AuditSummary;
import dev.afterbay.reconciliation.audit.AuditedTable;
import dev.afterbay.reconciliation.audit.Audits;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code afterbay audit}: the lake against an export. */
@Command(
    name = "audit",
    description = {
      "Compare the lake with an export of the table, item by item; exit code 3 on drift.",
      "The table needs point-in-time recovery. What differs: SELECT * FROM <table>_audits."
    },
    footer = {
      "",
      "Examples:",
      "  afterbay audit --config afterbay.yaml",
      "  afterbay audit --config afterbay.yaml --at 2026-11-21T05:00:00Z --repair",
      "",
      "May run beside workers. Repeated with the same --at, it goes on where it stopped."
    })
final class AuditCommand implements Callable<Integer> {
  private static final InstantSource CLOCK = InstantSource.system();

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private TableOption tables;
  @Mixin private MomentOption at;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "PT15M",
      converter = DurationConverter.class,
      description = "How long to wait for the lake to come past the moment. Default: 15m.")
  private Duration patience;

  @Option(
      names = "--repair",
      description = "Add rows of origin REPAIR, so that the lake tells the same as the export.")
  private boolean repair;

  @Option(
      names = "--engine",
      paramLabel = "duckdb|athena",
      converter = EngineConverter.class,
      description =
          "What compares. Default: 'audit: { engine: … }' of the configuration, or duckdb.")
  private @Nullable AuditEngine engine;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** An audit, and how many rows of repair there are, if that was wanted. */
  record Audited(AuditSummary summary, OptionalLong repaired) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Instant now = CLOCK.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant moment = at.until(now).orElse(now);
    AfterbayConfig read = config.read();
    AuditEngine chosen = engine == null ? read.reconciliation().auditEngine() : engine;
    if (chosen == AuditEngine.ATHENA && read.catalog().athena().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "'--engine': " + ReconciliationConfig.WITHOUT_ATHENA);
    }
    List<TableFacts> facts = tables.fit(read);
    List<Audited> audited = new ArrayList<>();
    try (AwsClients aws = AwsClients.open(read, Patience.WORK);
        Scratch scratch = Scratch.create();
        TableAudits opened =
            TableAudits.open(read, chosen, aws, scratch.folder(), CLOCK, patience);
        AuditLines lines = new AuditLines(spec.commandLine().getErr())) {
      Audits audits = opened.audits();
      for (TableFacts table : facts) {
        lines.begin(table.table(), moment);
        AuditedTable source = TableAudits.source(read, table, aws);
        AuditSummary summary = audits.audit(source, moment, lines);
        audited.add(
            new Audited(
                summary,
                repair
                    ? OptionalLong.of(audits.repair(source, summary, lines))
                    : OptionalLong.empty()));
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(audited).toPrettyString());
    } else {
      audited.forEach(each -> print(each, out));
    }
    return audited.stream().allMatch(each -> each.summary().drift() == 0)
        ? ExitCode.OK
        : ExitCode.VERDICT;
  }

  static void print(Audited audited, PrintWriter out) {
    AuditSummary summary = audited.summary();
    out.printf(
        Locale.ROOT,
        "%s at %s: items %d, drift %d (missing %d, stale %d, phantom %d), rechecked %d%n",
        summary.table(),
        summary.at(),
        summary.items(),
        summary.drift(),
        summary.missing(),
        summary.stale(),
        summary.phantom(),
        summary.rechecked());
    out.printf(
        Locale.ROOT,
        "  scanned %.1f MB, %.1f %% of the lake's %.1f MB, in %.1f s%n",
        summary.scannedBytes() / 1e6,
        summary.scannedPercent(),
        summary.lakeBytes() / 1e6,
        summary.took().toMillis() / 1e3);
    audited.repaired().ifPresent(rows -> out.printf(Locale.ROOT, "  repaired %d%n", rows));
  }

  static ObjectNode json(List<Audited> audited) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("drift", audited.stream().mapToLong(each -> each.summary().drift()).sum());
    ArrayNode tables = json.putArray("tables");
    for (Audited each : audited) {
      ObjectNode table = AuditNotes.json(each.summary());
      each.repaired().ifPresent(rows -> table.put("repaired", rows));
      tables.add(table);
    }
    return json;
  }

  /** Reads the name of an engine. */
  static final class EngineConverter implements ITypeConverter<AuditEngine> {
    @Override
    public AuditEngine convert(String text) {
      return switch (text) {
        case "duckdb" -> AuditEngine.DUCKDB;
        case "athena" -> AuditEngine.ATHENA;
        default ->
            throw new TypeConversionException(
                "'" + text + "' is no engine; write duckdb or athena");
      };
    }
  }

  /** Reads a duration such as {@code 15m}. */
  static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        String iso = text.startsWith("P") ? text : "PT" + text.toUpperCase(Locale.ROOT);
        Duration duration = Duration.parse(iso);
        if (!duration.isNegative()) {
          return duration;
        }
      } catch (DateTimeException e) {
        throw refused(text);
      }
      throw refused(text);
    }

    private static TypeConversionException refused(String text) {
      return new TypeConversionException(
          "'" + text + "' is not a duration; write for example 90s, 15m or 2h");
    }
  }
}
