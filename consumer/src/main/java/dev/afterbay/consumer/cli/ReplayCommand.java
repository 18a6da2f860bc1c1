package dev.afterbay.consumer.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.consumer.rewind.TableRewind;
import dev.afterbay.sinks.commit.protocol.CommitId;
import dev.afterbay.sinks.rewind.Criterion;
import dev.afterbay.sinks.rewind.Cut;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** {@code afterbay replay}: logs taken back, so that the stream is read again. */
@Command(
    name = "replay",
    description = {
      "Set aside what the lake has after a point, so that the next 'run' reads it from the stream",
      "again. Whole commits go: all with a record at or after the time, or after the commit that is",
      "named; and with the end of a shard all of its descendants. Refused while workers run, and if",
      "the stream has forgotten what would be read. What is set aside is kept under",
      "_afterbay/rewound. May be stopped at any moment; then workers wait until it is repeated."
    },
    footer = {
      "",
      "Examples:",
      "  afterbay replay --config afterbay.yaml --from 2026-11-21T05:00:00Z --dry-run",
      "  afterbay replay --config afterbay.yaml --table Orders --to-commit COMMIT"
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private TableOption tables;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description = "Read again what happened at or after this moment, UTC, to the second.")
  private @Nullable Instant from;

  @Option(
      names = "--to-commit",
      paramLabel = "COMMIT",
      converter = CommitConverter.class,
      description = "The last commit of its shard that stays; the view <table>_commits has them.")
  private @Nullable CommitId lastKept;

  @Option(
      names = "--shard",
      paramLabel = "SHARD",
      description = "Only this shard, and what descends from it. Default: all.")
  private @Nullable String only;

  @Option(names = "--dry-run", description = "Only tell what would be set aside.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** Reads the identifier of a commit. */
  static final class CommitConverter implements ITypeConverter<CommitId> {
    @Override
    public CommitId convert(String text) {
      try {
        return new CommitId(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + text + "' is not the identifier of a commit");
      }
    }
  }

  @Override
  public Integer call() {
    AfterbayConfig read = config.read();
    if (from == null && lastKept == null) {
      throw misused("Say how far to go back: --from TIME or --to-commit COMMIT");
    }
    if (from != null && from.isAfter(InstantSource.system().instant())) {
      throw misused("'--from': " + from + " is still to come; write a moment of the past");
    }
    if ((lastKept != null || only != null) && tables.of(read).size() > 1) {
      throw misused("A commit or a shard is one table's: name it with --table");
    }
    Criterion criterion =
        new Criterion(
            Optional.ofNullable(from),
            Optional.ofNullable(lastKept),
            Optional.ofNullable(only).map(ShardId::new));
    PrintWriter err = spec.commandLine().getErr();
    Map<String, List<Cut>> cuts = new LinkedHashMap<>();
    List<TableFacts> wanted = tables.fit(read);
    try (AwsClients aws = AwsClients.open(read, Patience.WORK)) {
      for (TableFacts facts : wanted) {
        TableRewind rewind = new TableRewind(read, facts, aws, InstantSource.system());
        cuts.put(
            facts.table().value(),
            dryRun
                ? rewind.plan(criterion).cuts()
                : rewind.rewind(
                    criterion,
                    shard -> {
                      err.println("Taken back: " + shard);
                      err.flush();
                    }));
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(cuts).toPrettyString());
    } else {
      cuts.forEach((table, made) -> print(table, made, out));
    }
    return ExitCode.OK;
  }

  private ParameterException misused(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private void print(String table, List<Cut> cuts, PrintWriter out) {
    if (cuts.isEmpty()) {
      out.println(table + ": nothing to set aside");
      return;
    }
    for (Cut cut : cuts) {
      out.printf(
          "%s: %s %s: %d commits, %d records, %d files after %s%n",
          table,
          cut.history().shard().shard(),
          dryRun ? "would give" : "gave",
          cut.tail().size(),
          cut.records(),
          cut.files().size(),
          cut.position().map(SequenceNumber::spelled).orElse("its beginning"));
    }
    out.println(
        table
            + (dryRun
                ? ": nothing was changed"
                : ": start the workers within a day, before the stream forgets these records"));
  }

  private ObjectNode json(Map<String, List<Cut>> tables) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("dryRun", dryRun);
    ArrayNode array = json.putArray("tables");
    tables.forEach(
        (table, cuts) -> {
          ArrayNode shards = array.addObject().put("table", table).putArray("shards");
          for (Cut cut : cuts) {
            ObjectNode shard =
                shards
                    .addObject()
                    .put("stream", cut.history().shard().stream().value())
                    .put("shard", cut.history().shard().shard().value())
                    .put("after", cut.position().map(SequenceNumber::padded).orElse(null))
                    .put("commits", cut.tail().size())
                    .put("records", cut.records());
            ArrayNode files = shard.putArray("files");
            cut.files().forEach(file -> files.add(file.key().value()));
          }
        });
    return json;
  }
}
