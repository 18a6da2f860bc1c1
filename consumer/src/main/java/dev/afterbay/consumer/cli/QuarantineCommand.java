package dev.afterbay.consumer.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.AwsSecrets;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.LakeLocation;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.consumer.preflight.Preflight;
import dev.afterbay.consumer.preflight.TableKeys;
import dev.afterbay.consumer.quarantine.Quarantine;
import dev.afterbay.consumer.quarantine.Reprocessed;
import dev.afterbay.consumer.query.CacheDirectory;
import dev.afterbay.consumer.query.QuarantineQuery.Group;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.rows.TypedTables;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code afterbay quarantine}: the records that could not become changes. */
@Command(
    name = "quarantine",
    description = {
      "Show which stream records could not become changes, and why; or put those where they belong",
      "that can be decoded by now. The records themselves: SELECT * FROM <table>_quarantine."
    },
    footer = {
      "",
      "Examples:",
      "  afterbay quarantine --config afterbay.yaml",
      "  afterbay quarantine reprocess --config afterbay.yaml --table E-commerce-Data",
      "",
      "reprocess may run beside workers and be repeated: each record becomes a change once."
    })
final class QuarantineCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private TableOption tables;

  @Parameters(
      paramLabel = "ACTION",
      arity = "0..1",
      defaultValue = "list",
      converter = ActionConverter.class,
      description = "list (the default) or reprocess.")
  private Action action;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** What to do. */
  enum Action {
    LIST,
    REPROCESS
  }

  @Override
  public Integer call() throws IOException {
    AfterbayConfig read = config.read();
    List<TableName> wanted = tables.of(read);
    Preflight.checkBucket(read);
    PrintWriter out = spec.commandLine().getOut();
    try (AwsClients aws = AwsClients.open(read, Patience.WORK);
        Scratch scratch = Scratch.create();
        DownloadBar bar = new DownloadBar()) {
      Quarantine quarantine =
          new Quarantine(
              new S3ObjectStore(aws.s3(), read.lake().bucket()),
              new Lake(read.lake().prefix()),
              CacheDirectory.of(read, System.getenv()),
              scratch.folder(),
              InstantSource.system(),
              bar);
      switch (action) {
        case LIST -> {
          Map<TableName, List<Group>> groups = each(wanted, quarantine::groups);
          if (json) {
            out.println(listing(read.lake(), groups).toPrettyString());
          } else {
            groups.forEach((table, found) -> print(table, found, out));
          }
        }
        case REPROCESS -> {
          Map<TableName, Reprocessed> done =
              each(wanted, table -> quarantine.reprocess(table, () -> rows(read, table)));
          if (json) {
            out.println(reprocessing(read.lake(), done).toPrettyString());
          } else {
            done.forEach((table, result) -> print(table, result, out));
          }
        }
      }
    }
    return ExitCode.OK;
  }

  private static RowMaker rows(AfterbayConfig config, TableName table) {
    try (AwsClients aws = AwsClients.open(config, Patience.ANSWER)) {
      TableConfig source = config.table(table);
      List<KeyAttribute> keys = new TableKeys(config.region(), aws.dynamoDb()).of(source);
      return new TypedTables(
              table,
              new ChangesTable(keys),
              source.entities(),
              source.protection(AwsSecrets.of(config, System.getenv())),
              new SchemaLog(
                  new S3ObjectStore(aws.s3(), config.lake().bucket()),
                  new Lake(config.lake().prefix())))
          .rows();
    }
  }

  private static <T> Map<TableName, T> each(
      List<TableName> tables, Function<TableName, T> question) {
    Map<TableName, T> answers = new LinkedHashMap<>();
    tables.forEach(table -> answers.put(table, question.apply(table)));
    return answers;
  }

  static void print(TableName table, List<Group> groups, PrintWriter out) {
    long all = groups.stream().mapToLong(Group::records).sum();
    long done = groups.stream().mapToLong(Group::reprocessed).sum();
    out.printf(
        Locale.ROOT,
        "%s: in quarantine %d, reprocessed %d%s%n",
        table,
        all - done,
        done,
        groups.isEmpty() ? "" : ", from " + first(groups) + " to " + last(groups));
    for (Group group : groups) {
      out.printf(
          Locale.ROOT,
          "  %d (reprocessed %d): %s%n",
          group.records() - group.reprocessed(),
          group.reprocessed(),
          group.reason());
    }
  }

  static ObjectNode listing(LakeLocation lake, Map<TableName, List<Group>> tables) {
    ObjectNode listing = JsonNodeFactory.instance.objectNode();
    listing.put("lake", lake.toString());
    ArrayNode array = listing.putArray("tables");
    tables.forEach(
        (name, groups) -> {
          long all = groups.stream().mapToLong(Group::records).sum();
          long done = groups.stream().mapToLong(Group::reprocessed).sum();
          ObjectNode table = array.addObject();
          table.put("table", name.value());
          table.put("inQuarantine", all - done);
          table.put("reprocessed", done);
          table.put("from", groups.isEmpty() ? null : first(groups).toString());
          table.put("to", groups.isEmpty() ? null : last(groups).toString());
          ArrayNode reasons = table.putArray("reasons");
          for (Group group : groups) {
            reasons
                .addObject()
                .put("reason", group.reason())
                .put("inQuarantine", group.records() - group.reprocessed())
                .put("reprocessed", group.reprocessed());
          }
        });
    return listing;
  }

  static void print(TableName table, Reprocessed done, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: reprocessed %d, still in quarantine %d%n",
        table,
        done.records(),
        stillWaiting(done));
    done.waiting().forEach((reason, count) -> out.printf(Locale.ROOT, "  %d: %s%n", count, reason));
  }

  static ObjectNode reprocessing(LakeLocation lake, Map<TableName, Reprocessed> tables) {
    ObjectNode reprocessing = JsonNodeFactory.instance.objectNode();
    reprocessing.put("lake", lake.toString());
    ArrayNode array = reprocessing.putArray("tables");
    tables.forEach(
        (name, done) -> {
          ObjectNode table = array.addObject();
          table.put("table", name.value());
          table.put("reprocessed", done.records());
          table.put("inQuarantine", stillWaiting(done));
          ArrayNode reasons = table.putArray("reasons");
          done.waiting()
              .forEach(
                  (reason, count) ->
                      reasons.addObject().put("reason", reason).put("inQuarantine", count));
        });
    return reprocessing;
  }

  private static long stillWaiting(Reprocessed done) {
    return done.waiting().values().stream().mapToLong(Long::longValue).sum();
  }

  private static Instant first(List<Group> groups) {
    return groups.stream().map(Group::first).min(Comparator.naturalOrder()).orElseThrow();
  }

  private static Instant last(List<Group> groups) {
    return groups.stream().map(Group::last).max(Comparator.naturalOrder()).orElseThrow();
  }

  /** Reads an action's name as the help spells it. */
  static final class ActionConverter implements ITypeConverter<Action> {
    @Override
    public Action convert(String name) {
      return switch (name) {
        case "list" -> Action.LIST;
        case "reprocess" -> Action.REPROCESS;
        default ->
            throw new TypeConversionException(
                "'" + name + "' is not an action; write list or reprocess");
      };
    }
  }
}
