package dev.afterbay.consumer.cli;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.LakeLocation;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.consumer.pipeline.ReadingStart;
import dev.afterbay.consumer.preflight.Preflight;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.reconciliation.export.ExportClient;
import dev.afterbay.reconciliation.export.ExportPlace;
import dev.afterbay.reconciliation.export.ExportReader;
import dev.afterbay.reconciliation.export.ExportRequest;
import dev.afterbay.reconciliation.export.Window;
import dev.afterbay.reconciliation.fromdynamodb.DynamoDbExports;
import dev.afterbay.reconciliation.snapshot.Slice;
import dev.afterbay.reconciliation.snapshot.Snapshots;
import dev.afterbay.sinks.rows.TypedTables;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.ChangesTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.DateTimeException;
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

  private static final Duration POLL = Duration.ofSeconds(2);

  /** A quarter of the heap is for segments, as in a worker. */
  private static final int SHARE_OF_HEAP = 4;

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
      description =
          "The moment to show, UTC. Default: that of a snapshot that is not complete yet, or now.")
  private @Nullable Instant at;

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
    if (slice != null && at == null) {
      throw misused(
          "A slice needs --at, so that all tasks share one export; write for example --at "
              + justNow());
    }
    if (at != null && at.isAfter(CLOCK.instant())) {
      throw misused("'--at': " + at + " is still to come");
    }
    AfterbayConfig read = config.read();
    List<TableName> tables = tables(read);
    PrintWriter err = spec.commandLine().getErr();
    SnapshotAnswer answer = new SnapshotAnswer(read.lake());
    List<TableFacts> facts = Preflight.check(read);
    try (AwsClients aws = AwsClients.open(read, Patience.WORK);
        Scratch scratch = Scratch.create();
        SnapshotBar bar = new SnapshotBar(err)) {
      ObjectStore store = new S3ObjectStore(aws.s3(), read.lake().bucket());
      Lake lake = new Lake(read.lake().prefix());
      Snapshots snapshots = snapshots(read, aws, store, lake, scratch);
      for (TableFacts table : facts) {
        if (tables.contains(table.table())) {
          Instant moment = moment(snapshots, store, lake, table.table());
          err.println("Snapshot of table '" + table.table() + "' at " + moment);
          answer.add(
              table.table(),
              moment,
              snapshots.take(
                  request(read, table, moment),
                  () -> typed(read, table, store, lake),
                  table.keys(),
                  slice == null ? Slice.WHOLE : slice,
                  bar));
        }
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? answer.json() : answer.text());
    return ExitCode.OK;
  }

  private static Snapshots snapshots(
      AfterbayConfig read, AwsClients aws, ObjectStore store, Lake lake, Scratch scratch) {
    ObjectStore exported = new S3ObjectStore(aws.s3(), read.reconciliation().exports().bucket());
    return new Snapshots(
        store,
        lake,
        scratch.folder(),
        CLOCK,
        new ExportClient(
            new DynamoDbExports(aws.dynamoDb()),
            exported,
            POLL,
            interval -> Thread.sleep(interval.toMillis())),
        new ExportReader(exported),
        Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  /** The moment that was asked for or begun, or now; never one before the reading began. */
  private Instant moment(Snapshots snapshots, ObjectStore store, Lake lake, TableName table) {
    Instant start =
        ReadingStart.noted(store, lake, table)
            .map(ReadingStart::notBefore)
            .orElse(ReadingStart.TRIM_HORIZON.notBefore());
    Optional<Instant> wanted = at == null ? snapshots.unfinished(table) : Optional.of(at);
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

  private static ExportRequest request(AfterbayConfig read, TableFacts table, Instant moment) {
    LakeLocation place = read.reconciliation().exports();
    return new ExportRequest(
        table.table(),
        table.tableArn(),
        new Window.Full(moment),
        new ExportPlace(place.bucket(), place.prefix()));
  }

  private static TypedTables typed(
      AfterbayConfig read, TableFacts table, ObjectStore store, Lake lake) {
    return new TypedTables(
        table.table(),
        new ChangesTable(table.keys()),
        read.table(table.table()).entities(),
        table.protection(),
        new SchemaLog(store, lake));
  }

  private List<TableName> tables(AfterbayConfig read) {
    List<TableName> all = read.tables().stream().map(TableConfig::name).toList();
    List<TableName> wanted =
        all.stream().filter(name -> only == null || name.value().equals(only)).toList();
    if (wanted.isEmpty()) {
      throw misused(
          "'"
              + only
              + "' is not a table of the configuration; it has "
              + String.join(", ", all.stream().map(TableName::value).toList()));
    }
    return wanted;
  }

  private static Instant justNow() {
    return CLOCK.instant().minus(JUST_NOW).truncatedTo(ChronoUnit.SECONDS);
  }

  private ParameterException misused(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
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
