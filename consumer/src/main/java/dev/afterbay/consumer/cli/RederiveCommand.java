package dev.afterbay.consumer.cli;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.consumer.preflight.Preflight;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.consumer.query.DuckRows;
import dev.afterbay.reconciliation.snapshot.Slice;
import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.derive.Derivation;
import dev.afterbay.sinks.derive.DeriveLimits;
import dev.afterbay.sinks.derive.OldGenerations;
import dev.afterbay.sinks.derive.Rederivation;
import dev.afterbay.sinks.derive.RederivedEntity;
import dev.afterbay.sinks.generations.Definition;
import dev.afterbay.sinks.generations.Generation;
import dev.afterbay.sinks.rows.GenerationRows;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.toparquet.ParquetFile;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.S3ObjectRemover;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.toavro.ChangesTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code afterbay rederive}: a typed table made anew of the raw changes. */
@Command(
    name = "rederive",
    description = {
      "Make a typed table anew of the raw changes and snapshots in the lake, as the configuration",
      "defines it now: with other types, other keys, other protection; or for an entity that is new.",
      "The old table is asked until the new one is complete."
    },
    footer = {
      "",
      "Examples:",
      "  afterbay rederive --config afterbay.yaml --entity orders",
      "  afterbay rederive --config afterbay.yaml --entity orders --slice 2/4",
      "  afterbay rederive --config afterbay.yaml --entity orders --drop-old",
      "",
      "May run beside workers and be repeated: it goes on where it stopped, and each row gets there",
      "once. Repeated when all is done, it adds what workers have written without the new table."
    })
final class RederiveCommand implements Callable<Integer> {
  private static final InstantSource CLOCK = InstantSource.system();

  /** A quarter of the heap is for segments, as in a worker. */
  private static final int SHARE_OF_HEAP = 4;

  private static final long LEAST_ROW_GROUP = 1L << 20;

  /** What a worker takes to commit, beyond the age at which it begins. */
  private static final Duration LEAST_SLACK = Duration.ofSeconds(3);

  private static final Duration MOST_SLACK = Duration.ofSeconds(30);

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(
      names = "--entity",
      paramLabel = "NAME",
      required = true,
      description = "The entity whose table is made anew.")
  private String entity = "";

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "The table that the entity is of; needed only if the name does not tell.")
  private @Nullable String table;

  @Option(
      names = "--slice",
      paramLabel = "I/N",
      converter = SnapshotCommand.SliceConverter.class,
      description = "Derive only a share of the logs, so that N tasks share the work.")
  private @Nullable Slice slice;

  @Option(
      names = "--drop-old",
      description = "Remove the files of tables that are not asked any more, once all is complete.")
  private boolean dropOld;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    AfterbayConfig read = config.read();
    TableConfig source = source(read);
    TableFacts facts = facts(read, source.name());
    Slice share = slice == null ? Slice.WHOLE : slice;
    RederiveAnswer answer;
    try (AwsClients aws = AwsClients.open(read, Patience.WORK);
        Scratch scratch = Scratch.create();
        DuckRows reader = DuckRows.open(scratch.folder())) {
      answer = rederive(read, source, facts, aws, scratch, reader, share);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? answer.json() : answer.text());
    return ExitCode.OK;
  }

  private RederiveAnswer rederive(
      AfterbayConfig read,
      TableConfig source,
      TableFacts facts,
      AwsClients aws,
      Scratch scratch,
      DuckRows reader,
      Slice share)
      throws InterruptedException {
    ObjectStore store = new S3ObjectStore(aws.s3(), read.lake().bucket());
    Lake lake = new Lake(read.lake().prefix());
    SchemaLog schemas = new SchemaLog(store, lake);
    ChangesTable raw = new ChangesTable(facts.keys());
    RederivedEntity wanted =
        new RederivedEntity(
            schemas, CLOCK, source.name(), new Definition(entity(source), source.protect()));
    Generation generation = wanted.begin();
    spec.commandLine()
        .getErr()
        .printf(
            "Generation %d of '%s' of table '%s'%n",
            generation.number(), generation.entity(), generation.table());
    long memory = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    long rowGroup = Math.max(LEAST_ROW_GROUP, Math.min(ParquetFile.LARGEST_ROW_GROUP, memory / 2));
    CommitLog logs =
        new CommitLog(store, lake, new Workspace(scratch.folder(), () -> rowGroup), CLOCK);
    Derivation derivation =
        new Derivation(
            store,
            lake,
            logs,
            scratch.folder(),
            generation,
            raw,
            reader::read,
            new GenerationRows(
                generation, raw, facts.protection(), schemas, wanted.inferredBefore(generation)),
            DeriveLimits.of(memory, CLOCK));
    Shares shares = new Shares(share);
    Rederivation.Result result;
    try (RederiveBar bar = new RederiveBar()) {
      result =
          new Rederivation(
                  store,
                  lake,
                  derivation,
                  generation,
                  patience(read.commit().maxAge()),
                  CLOCK,
                  duration -> TimeUnit.MILLISECONDS.sleep(duration.toMillis()))
              .run(shares::isOwn, bar);
    }
    Optional<OldGenerations.Dropped> dropped =
        dropOld
            ? Optional.of(
                drop(
                    result,
                    new OldGenerations(
                        store,
                        lake,
                        logs,
                        new S3ObjectRemover(aws.s3(), read.lake().bucket()),
                        CLOCK),
                    generation))
            : Optional.empty();
    return new RederiveAnswer(
        generation, result, share, RederiveAnswer.slicesOf(result.incomplete(), shares), dropped);
  }

  private static OldGenerations.Dropped drop(
      Rederivation.Result result, OldGenerations old, Generation generation) {
    if (!result.incomplete().isEmpty()) {
      throw new Failure(
          "Nothing is dropped: "
              + result.incomplete().size()
              + " logs have rows that generation "
              + generation.number()
              + " of '"
              + generation.entity()
              + "' lacks; run the command without --drop-old until it is complete");
    }
    return old.drop(generation.table(), generation.entity());
  }

  /** Workers that began to collect before the note have committed by then. */
  private static Duration patience(Duration maxAge) {
    Duration slack = maxAge.dividedBy(4);
    slack = slack.compareTo(LEAST_SLACK) < 0 ? LEAST_SLACK : slack;
    return maxAge.plus(slack.compareTo(MOST_SLACK) > 0 ? MOST_SLACK : slack);
  }

  private TableConfig source(AfterbayConfig read) {
    List<TableConfig> having =
        read.tables().stream()
            .filter(each -> table == null || each.name().value().equals(table))
            .filter(each -> each.entities().stream().anyMatch(this::isWanted))
            .toList();
    if (having.isEmpty()) {
      throw misused(
          "'"
              + entity
              + "' is no entity with a table of its own"
              + (table == null ? "" : " of table '" + table + "'")
              + " in the configuration; it has "
              + String.join(
                  ", ",
                  read.tables().stream()
                      .flatMap(each -> each.entities().stream())
                      .filter(each -> each.mirrorOf().isEmpty())
                      .map(Entity::name)
                      .toList()));
    }
    return having.get(0);
  }

  private Entity entity(TableConfig source) {
    return source.entities().stream().filter(this::isWanted).findFirst().orElseThrow();
  }

  private boolean isWanted(Entity each) {
    return each.name().equals(entity) && each.mirrorOf().isEmpty();
  }

  private static TableFacts facts(AfterbayConfig read, TableName name) {
    return Preflight.checkAllButColumns(read).stream()
        .filter(facts -> facts.table().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private ParameterException misused(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
