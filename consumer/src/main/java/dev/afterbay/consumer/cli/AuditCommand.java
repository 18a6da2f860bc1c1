package dev.afterbay.consumer.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.ReconciliationConfig;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.consumer.preflight.Preflight;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.consumer.status.LakeProgress;
import dev.afterbay.reconciliation.audit.AuditNotes;
import dev.afterbay.reconciliation.audit.AuditParts;
import dev.afterbay.reconciliation.audit.AuditSummary;
import dev.afterbay.reconciliation.audit.AuditedTable;
import dev.afterbay.reconciliation.audit.Audits;
import dev.afterbay.reconciliation.compare.DuckComparison;
import dev.afterbay.reconciliation.export.ExportClient;
import dev.afterbay.reconciliation.export.ExportPlace;
import dev.afterbay.reconciliation.fromdynamodb.DynamoDbExports;
import dev.afterbay.sinks.rows.TypedTables;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tocatalog.Pause;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.toavro.ChangesTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Pause PAUSE = time -> TimeUnit.MILLISECONDS.sleep(time.toMillis());
  private static final InstantSource CLOCK = InstantSource.system();

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "Only this table. Default: all of the configuration.")
  private @Nullable String only;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description = "The moment to compare, UTC, to the second. Default: now.")
  private @Nullable Instant at;

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

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** An audit, and how many rows of repair there are, if that was wanted. */
  record Audited(AuditSummary summary, OptionalLong repaired) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Instant now = CLOCK.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant moment = at == null ? now : at;
    if (moment.isAfter(now)) {
      throw new ParameterException(spec.commandLine(), "'--at': " + at + " is still to come");
    }
    AfterbayConfig read = config.read();
    refuseUnknownTable(read);
    List<TableFacts> facts = Preflight.check(read);
    Map<TableFacts, Audited> audited = new LinkedHashMap<>();
    try (AwsClients aws = AwsClients.open(read, Patience.WORK);
        Scratch scratch = Scratch.create();
        AuditLines lines = new AuditLines(spec.commandLine().getErr())) {
      ObjectStore store = new S3ObjectStore(aws.s3(), read.lake().bucket());
      Lake lake = new Lake(read.lake().prefix());
      ReconciliationConfig plan = read.reconciliation();
      ObjectStore exported = new S3ObjectStore(aws.s3(), plan.exports().bucket());
      Audits audits =
          new Audits(
              new AuditParts(
                  store,
                  lake,
                  exported,
                  new ExportClient(new DynamoDbExports(aws.dynamoDb()), exported, POLL, PAUSE),
                  DuckComparison.engine(store),
                  new LakeProgress(read, store, aws.dynamoDb(), CLOCK),
                  CLOCK,
                  scratch.folder()),
              patience,
              PAUSE);
      for (TableFacts table : facts) {
        if (only == null || table.table().value().equals(only)) {
          lines.begin(table.table(), moment);
          AuditedTable source = source(read, table, store, lake);
          AuditSummary summary = audits.audit(source, moment, lines);
          audited.put(
              table,
              new Audited(
                  summary,
                  repair
                      ? OptionalLong.of(audits.repair(source, summary, lines))
                      : OptionalLong.empty()));
        }
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(audited.values().stream().toList()).toPrettyString());
    } else {
      audited.values().forEach(each -> print(each, out));
    }
    return audited.values().stream().allMatch(each -> each.summary().drift() == 0)
        ? ExitCode.OK
        : ExitCode.VERDICT;
  }

  private static AuditedTable source(
      AfterbayConfig read, TableFacts table, ObjectStore store, Lake lake) {
    ReconciliationConfig plan = read.reconciliation();
    return new AuditedTable(
        table.table(),
        table.tableArn(),
        table.keys(),
        new TypedTables(
            table.table(),
            new ChangesTable(table.keys()),
            read.table(table.table()).entities(),
            table.protection(),
            new SchemaLog(store, lake)),
        new ExportPlace(plan.exports().bucket(), plan.exports().prefix()));
  }

  private void refuseUnknownTable(AfterbayConfig read) {
    List<String> all = read.tables().stream().map(TableConfig::name).map(Object::toString).toList();
    if (only != null && !all.contains(only)) {
      throw new ParameterException(
          spec.commandLine(),
          "'" + only + "' is not a table of the configuration; it has " + String.join(", ", all));
    }
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
        "  scanned %.1f %% of the lake's %.1f MB in %.1f s%n",
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

  /** Reads a moment to the second. */
  static final class MomentConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        Instant moment = Instant.parse(text);
        if (moment.getNano() == 0) {
          return moment;
        }
      } catch (DateTimeException e) {
        throw refused(text);
      }
      throw refused(text);
    }

    private static TypeConversionException refused(String text) {
      return new TypeConversionException(
          "'"
              + text
              + "' is not a moment to the second, in UTC; write for example"
              + " 2026-11-21T05:00:00Z");
    }
  }

  /** Reads a duration such as {@code 15m}. */
  static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        String iso = text.startsWith("P") ? text : "PT" + text.toUpperCase(Locale.ROOT);
        return Duration.parse(iso);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'" + text + "' is not a duration; write for example 90s, 15m or 2h");
      }
    }
  }
}
