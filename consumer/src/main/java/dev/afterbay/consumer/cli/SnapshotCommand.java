package dev.afterbay.consumer.cli;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.ExportAccess;
import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.pipeline.ReadingStart;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.reconciliation.export.ExportReader;
import dev.afterbay.reconciliation.export.ExportRequest;
import dev.afterbay.reconciliation.export.Window;
import dev.afterbay.reconciliation.snapshot.Slice;
import dev.afterbay.reconciliation.snapshot.Snapshots;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
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

/** {@code afterbay snapshot}: all items of a moment, from which the state can start. */
@Command(
    name = "snapshot",
    description = {
      "Have the tables exported by DynamoDB and bring all items into the lake, so that what was",
      "written before the stream was read is there, and states need not read the whole history."
    },
    footer = {
      "",
      "Examples:",
      "  afterbay snapshot --config afterbay.yaml",
      "  afterbay snapshot --config afterbay.yaml --at 2026-11-21T05:00:00Z --slice 2/4",
      "",
      "May run beside workers and be repeated: it goes on where it stopped, and each item gets there",
      "once. The snapshot counts when all of it is there."
    })
final class SnapshotCommand implements Callable<Integer> {
  /** Clocks differ a little, and an export cannot show what is still to come. */
  private static final Duration JUST_NOW = Duration.ofSeconds(5);

  private static final InstantSource CLOCK = InstantSource.system();

  /** A quarter of the heap is for segments, as in a worker. */
  private static final int SHARE_OF_HEAP = 4;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private TableOption tables;
  @Mixin private MomentOption at;

  @Option(
      names = "--slice",
      paramLabel = "I/N",
      converter = SliceConverter.class,
      description = "Bring in only a share of the files, so that N tasks share the work.")
  private @Nullable Slice slice;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<Instant> asked = at.until(CLOCK.instant());
    if (slice != null && asked.isEmpty()) {
      throw misused(
          "A slice needs --at, so that all tasks share one export; write for example --at "
              + justNow());
    }
    AfterbayConfig read = config.read();
    PrintWriter err = spec.commandLine().getErr();
    SnapshotAnswer answer = new SnapshotAnswer(read.lake());
    List<TableFacts> facts = tables.fit(read);
    try (AwsClients aws = AwsClients.open(read, Patience.WORK);
        Scratch scratch = Scratch.create();
        SnapshotBar bar = new SnapshotBar(err)) {
      ObjectStore store = new S3ObjectStore(aws.s3(), read.lake().bucket());
      Lake lake = new Lake(read.lake().prefix());
      ExportAccess exports = ExportAccess.of(read, aws);
      Snapshots snapshots =
          new Snapshots(
              store,
              lake,
              scratch.folder(),
              CLOCK,
              exports.client(),
              new ExportReader(exports.store()),
              Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
      SchemaLog schemas = new SchemaLog(store, lake);
      for (TableFacts table : facts) {
        Instant moment = moment(asked, snapshots, store, lake, table.table());
        err.println("Snapshot of table '" + table.table() + "' at " + moment);
        answer.add(
            table.table(),
            moment,
            snapshots.take(
                new ExportRequest(
                    table.table(), table.tableArn(), new Window.Full(moment), exports.place()),
                () -> table.typedTables(read.table(table.table()).entities(), schemas),
                table.keys(),
                slice == null ? Slice.WHOLE : slice,
                bar));
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? answer.json() : answer.text());
    return ExitCode.OK;
  }

  /** The moment that was asked for or begun, or now; never one before the reading began. */
  private static Instant moment(
      Optional<Instant> asked, Snapshots snapshots, ObjectStore store, Lake lake, TableName table) {
    Instant start =
        ReadingStart.noted(store, lake, table)
            .map(ReadingStart::notBefore)
            .orElse(ReadingStart.TRIM_HORIZON.notBefore());
    Optional<Instant> wanted = asked.or(() -> snapshots.unfinished(table));
    if (wanted.isEmpty()) {
      Instant now = justNow();
      return now.isBefore(start) ? start : now;
    }
    if (wanted.get().isBefore(start)) {
      throw new Failure(
          "The stream of table '"
              + table
              + "' is read since "
              + start
              + ": after a snapshot of "
              + wanted.get()
              + ", what was written in between would be missing; take one of a later moment");
    }
    return wanted.get();
  }

  private static Instant justNow() {
    return CLOCK.instant().minus(JUST_NOW).truncatedTo(ChronoUnit.SECONDS);
  }

  private ParameterException misused(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /** Reads a slice. */
  static final class SliceConverter implements ITypeConverter<Slice> {
    @Override
    public Slice convert(String text) {
      try {
        return Slice.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
