package dev.afterbay.consumer.restoring;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.ExportAccess;
import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.aws.RestoredTable;
import dev.afterbay.consumer.aws.TableShape;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.consumer.quarantine.Quarantine;
import dev.afterbay.consumer.query.CacheDirectory;
import dev.afterbay.consumer.query.Progress;
import dev.afterbay.consumer.status.LakeProgress;
import dev.afterbay.reconciliation.compare.KeyColumns;
import dev.afterbay.reconciliation.compare.LakeSide;
import dev.afterbay.reconciliation.compare.WorkFolder;
import dev.afterbay.reconciliation.restore.LakeKeys;
import dev.afterbay.reconciliation.restore.PastState;
import dev.afterbay.reconciliation.restore.Restore;
import dev.afterbay.reconciliation.restore.RestoreProgress;
import dev.afterbay.reconciliation.restore.RestoreSummary;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Restores of one configured table, whether it still exists or not. */
public final class TableRestore {
  private static final InstantSource CLOCK = InstantSource.system();

  private final AfterbayConfig config;
  private final TableConfig table;
  private final AwsClients aws;
  private final ObjectStore store;
  private final Lake lake;
  private final Path scratch;
  private final LakeProgress lakeProgress;

  /**
   * Restores of a table; nothing is read yet.
   *
   * @param scratch a folder of this process
   */
  public TableRestore(AfterbayConfig config, TableName table, AwsClients aws, Path scratch) {
    this.config = config;
    this.table = config.table(table);
    this.aws = aws;
    this.store = new S3ObjectStore(aws.s3(), config.lake().bucket());
    this.lake = new Lake(config.lake().prefix());
    this.scratch = scratch;
    this.lakeProgress = new LakeProgress(config, store, aws.dynamoDb(), CLOCK);
  }

  /** What is restored of an item whose sensitive attributes the lake does not have. */
  public enum Sensitive {
    /** Nothing: it is refused. */
    REFUSED,
    /** The rest of it. */
    LEFT_OUT
  }

  /** Which indexes the new table gets. */
  public enum Indexes {
    /** Those that the source has now. */
    OF_THE_SOURCE,
    /** None. */
    NONE
  }

  /** What a state is told from when no snapshot is older than it. */
  public enum Beginning {
    /** The beginning of the table, or it is refused. */
    WHOLE,
    /** The first change that was read. */
    FIRST_CHANGE
  }

  /**
   * What is restored, and how.
   *
   * @param at the moment, to the second
   * @param target the name of the new table
   * @param unitsPerSecond write units in a second
   */
  public record Order(
      Instant at,
      String target,
      int unitsPerSecond,
      Sensitive sensitive,
      Indexes indexes,
      Beginning beginning) {}

  /**
   * A restore that ran to its end.
   *
   * @param indexes of the new table
   * @param notes what a user should know of the new table
   */
  public record Restored(RestoreSummary summary, List<String> indexes, List<String> notes) {
    /** Copies the lists. */
    public Restored {
      indexes = List.copyOf(indexes);
      notes = List.copyOf(notes);
    }
  }

  /** The newest second of which the lake covers all. */
  public Instant newest() {
    return lakeProgress
        .completeAt(table.name())
        .orElseThrow(
            () ->
                new Failure(
                    "It cannot be said how far the lake tells of table '"
                        + table.name()
                        + "'; let a worker run, or name a moment with --at"))
        .truncatedTo(ChronoUnit.SECONDS)
        .minusSeconds(1);
  }

  /** The name of the table of a drill, the same for the same moment, so that it can go on. */
  public String drillName(Instant at) {
    String source = table.name().value();
    String moment = Lake.moment(at).toLowerCase(Locale.ROOT);
    return "afterbay-drill-" + source.substring(0, Math.min(200, source.length())) + "-" + moment;
  }

  /**
   * Restores.
   *
   * @throws Failure if the lake does not tell the whole state, or the table must not be filled
   * @throws dev.afterbay.reconciliation.restore.RestoreException if it cannot go on
   */
  public Restored run(Order order, RestoreProgress progress) {
    refuseConfigured(order.target());
    Set<String> without = without(order.sensitive());
    LakeSide side = LakeSide.of(store, lake, table.name(), order.at());
    try (WorkFolder folder = WorkFolder.in(scratch, "restore-")) {
      TableShape shape = shape(side, order.indexes(), folder.path());
      new Coverage(store, lake, lakeProgress, quarantine(folder.path()))
          .require(side, shape.created(), order.beginning());
      RestoredTable target = new RestoredTable(aws.dynamoDb(), order.target(), shape);
      RestoreSummary summary =
          new Restore(
                  store,
                  lake,
                  table.name(),
                  target,
                  order.at(),
                  without,
                  new Restore.Tempo(order.unitsPerSecond(), CLOCK, ExportAccess.SLEEP))
              .run(
                  () ->
                      PastState.of(
                          side,
                          new KeyColumns(shape.keys()),
                          without,
                          store,
                          folder.path().resolve("state")),
                  progress);
      return new Restored(summary, shape.indexes(), notes(shape, without));
    }
  }

  /** Deletes the table of a drill. */
  public void delete(String target) {
    refuseConfigured(target);
    new RestoredTable(aws.dynamoDb(), target, TableShape.ofGone(List.of())).delete();
  }

  private TableShape shape(LakeSide side, Indexes indexes, Path folder) {
    TableShape shape =
        TableShape.find(aws.dynamoDb(), table.name())
            .orElseGet(() -> TableShape.ofGone(LakeKeys.of(side, store, folder.resolve("keys"))));
    return indexes == Indexes.NONE ? shape.withoutIndexes() : shape;
  }

  private void refuseConfigured(String target) {
    if (config.tables().stream().anyMatch(each -> each.name().value().equals(target))) {
      throw new Failure(
          "'" + target + "' is a table of the configuration; restore into a table of another name");
    }
  }

  private Set<String> without(Sensitive sensitive) {
    Set<String> names = new TreeSet<>(table.protect().keySet());
    if (!names.isEmpty() && sensitive == Sensitive.REFUSED) {
      throw new Failure(
          "Of table '%s' the lake does not hold the attributes %s ('protect' of the configuration): they cannot be restored. Add --without-protected to restore the items without them"
              .formatted(table.name(), String.join(", ", names)));
    }
    return names;
  }

  private Quarantine quarantine(Path folder) {
    return new Quarantine(
        store, lake, CacheDirectory.of(config, System.getenv()), folder, CLOCK, Progress.SILENT);
  }

  private static List<String> notes(TableShape shape, Set<String> without) {
    List<String> notes =
        new ArrayList<>(
            List.of(
                "not copied: TTL, stream, point-in-time recovery, tags, autoscaling, encryption key, resource policy, table class, deletion protection; the new table is on demand"));
    if (shape.created().isEmpty()) {
      notes.add("the source is gone: its indexes are not known, and the new table has none");
    }
    if (!without.isEmpty()) {
      notes.add("without the protected attributes " + String.join(", ", without));
    }
    return notes;
  }
}
