package dev.afterbay.consumer.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.preflight.Preflight;
import dev.afterbay.consumer.restoring.TableRestore;
import dev.afterbay.consumer.restoring.TableRestore.Beginning;
import dev.afterbay.consumer.restoring.TableRestore.Indexes;
import dev.afterbay.consumer.restoring.TableRestore.Order;
import dev.afterbay.consumer.restoring.TableRestore.Restored;
import dev.afterbay.consumer.restoring.TableRestore.Sensitive;
import dev.afterbay.reconciliation.restore.RestoreSummary;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code afterbay restore}: a table as it was at any second that the lake covers. */
@Command(
    name = "restore",
    description = {
      "Build a new DynamoDB table that holds what a table held at a moment, attribute for attribute,",
      "and compare it with the lake, item by item; exit code 3 if they differ."
    },
    footer = {
      "",
      "Examples:",
      "  afterbay restore --config afterbay.yaml --at 2026-11-21T05:00:00Z --to-table restored-Orders",
      "  afterbay restore --config afterbay.yaml --drill",
      "",
      "Repeated after it was interrupted, it goes on. A table that holds anything else is refused."
    })
final class RestoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private TableOption tables;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description =
          "The moment, UTC, to the second; what was written in this second counts. Of a drill the"
              + " default is the newest that the lake covers.")
  private @Nullable Instant at;

  @Option(names = "--to-table", paramLabel = "NEW", description = "The name of the new table.")
  private @Nullable String target;

  @Option(
      names = "--drill",
      description =
          "Restore into a table named afterbay-drill-…, compare, tell how long it took, and delete"
              + " that table if it is equal.")
  private boolean drill;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Write units in a second: one for each kilobyte of an item. Default: 1000.")
  private int rate;

  @Option(
      names = "--without-protected",
      description = "Leave out the attributes of 'protect', which the lake does not hold.")
  private boolean withoutProtected;

  @Option(
      names = "--without-indexes",
      description = "Do not give the new table the indexes of the old one.")
  private boolean withoutIndexes;

  @Option(
      names = "--from-changes-alone",
      description =
          "Without an older snapshot take the table as empty before its first change was read.")
  private boolean fromChangesAlone;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    AfterbayConfig read = config.read();
    TableName table = tables.one(read);
    if (rate < 1) {
      throw misused("'--rate': " + rate + " writes nothing; write 1 or more");
    }
    if (drill == (target != null)) {
      throw misused("Name the new table with --to-table, or let a drill do so with --drill");
    }
    if (at == null && !drill) {
      throw misused("Name the moment with --at, for example --at 2026-11-21T05:00:00Z");
    }
    Preflight.checkBucket(read);
    PrintWriter err = spec.commandLine().getErr();
    try (AwsClients aws = AwsClients.open(read, Patience.WORK);
        Scratch scratch = Scratch.create();
        RestoreBar bar = new RestoreBar(err)) {
      TableRestore restore = new TableRestore(read, table, aws, scratch.folder());
      Instant moment = at == null ? restore.newest() : at;
      String name = target == null ? restore.drillName(moment) : target;
      err.println("Restoring table '" + table + "' at " + moment + " into '" + name + "'");
      Restored restored = restore.run(order(moment, name), bar);
      bar.done();
      if (drill && restored.summary().difference().none()) {
        restore.delete(name);
      }
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(json(restored).toPrettyString());
      } else {
        print(restored, out);
      }
      return restored.summary().difference().none() ? ExitCode.OK : ExitCode.VERDICT;
    }
  }

  private Order order(Instant moment, String name) {
    return new Order(
        moment,
        name,
        rate,
        withoutProtected ? Sensitive.LEFT_OUT : Sensitive.REFUSED,
        withoutIndexes ? Indexes.NONE : Indexes.OF_THE_SOURCE,
        fromChangesAlone ? Beginning.FIRST_CHANGE : Beginning.WHOLE);
  }

  private void print(Restored restored, PrintWriter out) {
    RestoreSummary summary = restored.summary();
    out.printf(
        Locale.ROOT,
        "%s at %s in %s: items %d, written %d; missing %d, different %d, foreign %d: %s%n",
        summary.table(),
        summary.at(),
        summary.target(),
        summary.items(),
        summary.written(),
        summary.difference().missing(),
        summary.difference().different(),
        summary.difference().foreign(),
        summary.difference().none() ? "equal to the lake" : "NOT equal to the lake");
    out.printf(Locale.ROOT, "  took %.1f s%n", summary.took().toMillis() / 1e3);
    if (drill) {
      out.println(
          (summary.difference().none() ? "  deleted " : "  kept, so that it can be looked at: ")
              + summary.target());
      return;
    }
    if (!restored.indexes().isEmpty()) {
      out.println("  indexes " + String.join(", ", restored.indexes()));
    }
    restored.notes().forEach(note -> out.println("  " + note));
  }

  private ObjectNode json(Restored restored) {
    RestoreSummary summary = restored.summary();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("table", summary.table().value());
    json.put("at", summary.at().toString());
    json.put("target", summary.target());
    json.put("items", summary.items());
    json.put("written", summary.written());
    json.put("missing", summary.difference().missing());
    json.put("different", summary.difference().different());
    json.put("foreign", summary.difference().foreign());
    json.put("equal", summary.difference().none());
    json.put("seconds", summary.took().toMillis() / 1000.0);
    json.put("drill", drill);
    restored.indexes().forEach(json.putArray("indexes")::add);
    summary.without().stream().sorted().forEach(json.putArray("without")::add);
    restored.notes().forEach(json.putArray("notes")::add);
    return json;
  }

  private ParameterException misused(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
