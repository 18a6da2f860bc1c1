package dev.afterbay.reconciliation.heal;

import dev.afterbay.reconciliation.compare.Duck;
import dev.afterbay.reconciliation.compare.WorkFolder;
import dev.afterbay.reconciliation.export.CompletedExport;
import dev.afterbay.reconciliation.export.ExportClient;
import dev.afterbay.reconciliation.export.ExportException;
import dev.afterbay.reconciliation.export.ExportProgress;
import dev.afterbay.reconciliation.export.ExportRequest;
import dev.afterbay.reconciliation.export.Window;
import dev.afterbay.reconciliation.heal.GapState.Prospect;
import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.LogStatus;
import dev.afterbay.sinks.commit.RecordedGap;
import dev.afterbay.sinks.commit.ShardStatus;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Heals the gaps of one table. May run beside workers and beside itself, and may be repeated after
 * it was interrupted: each item gets its row once.
 */
public final class Healing {
  private static final int THREADS = 2;

  private final ObjectStore store;
  private final ObjectStore exported;
  private final Lake lake;
  private final HealedTable table;
  private final ExportClient client;
  private final Restorable restorable;
  private final Duration settling;
  private final Path scratch;
  private final InstantSource clock;

  /**
   * The healing of a table; nothing is read yet.
   *
   * @param exported the bucket that exports go to
   * @param settling a shard that is behind and was committed to so short a time ago is being read;
   *     nothing is healed then
   * @param scratch a local directory of this process
   */
  public Healing(
      ObjectStore store,
      ObjectStore exported,
      Lake lake,
      HealedTable table,
      ExportClient client,
      Restorable restorable,
      Duration settling,
      Path scratch,
      InstantSource clock) {
    this.store = store;
    this.exported = exported;
    this.lake = lake;
    this.table = table;
    this.client = client;
    this.restorable = restorable;
    this.settling = settling;
    this.scratch = scratch;
    this.clock = clock;
  }

  /**
   * The gaps of a table that are not healed.
   *
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer
   * @throws LakeException if a gap or the log of a healing cannot be read
   */
  public static List<RecordedGap> openGaps(ObjectStore store, Lake lake, TableName table) {
    return openOf(store, lake, all(store, lake, table));
  }

  /** Those of some gaps that are not healed. */
  public static List<RecordedGap> openOf(ObjectStore store, Lake lake, List<RecordedGap> gaps) {
    // The last entries are read, nothing is written: neither folder nor clock is of any use.
    CommitLog logs = new CommitLog(store, lake, Path.of(""), () -> Instant.EPOCH);
    return gaps.stream().filter(gap -> !HealLog.isHealed(store, logs, gap)).toList();
  }

  /** How the gaps that are not healed would be healed, if nothing is in the way. */
  public List<GapPlan> plan() {
    return Windows.clusters(openGaps(store, lake, table.table())).stream()
        .map(cluster -> new GapPlan(cluster, Windows.over(cluster, Instant.MIN)))
        .toList();
  }

  /**
   * Heals the gaps that can be healed now.
   *
   * @return what came of each gap that was not healed before
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer
   * @throws LakeException if the lake is not as it must be
   * @throws InterruptedException while waiting for an export, which goes on
   */
  public List<GapState> heal(ExportProgress progress) throws InterruptedException {
    List<RecordedGap> all = all(store, lake, table.table());
    List<GapState> states = new ArrayList<>();
    Set<RecordedGap> open = new HashSet<>(openOf(store, lake, all));
    for (List<RecordedGap> cluster : Windows.clusters(all)) {
      List<RecordedGap> left = cluster.stream().filter(open::contains).toList();
      if (left.isEmpty()) {
        continue;
      }
      try {
        states.addAll(heal(cluster, left, all, progress));
      } catch (ExportException e) {
        Prospect prospect =
            e.kind() == ExportException.Kind.REFUSED || e.kind() == ExportException.Kind.DAMAGED
                ? Prospect.FOR_SOMEBODY
                : Prospect.LATER;
        states.addAll(open(left, prospect, String.valueOf(e.getMessage())));
      }
    }
    return states;
  }

  /** Gaps that are healed count too, so that what was begun is ended as it was planned. */
  private List<GapState> heal(
      List<RecordedGap> whole,
      List<RecordedGap> left,
      List<RecordedGap> all,
      ExportProgress progress)
      throws InterruptedException {
    Restorable.Reach reach = restorable.of(table.table());
    if (!(reach instanceof Restorable.Reach.Between between)) {
      return open(left, Prospect.FOR_SOMEBODY, recoveryIsOff());
    }
    List<RecordedGap> cluster = Windows.first(whole).isBefore(between.earliest()) ? left : whole;
    if (Windows.first(cluster).isBefore(between.earliest())) {
      return open(
          left,
          Prospect.FOR_SOMEBODY,
          "it begins at %s, and point-in-time recovery of table '%s' reaches back to %s only; take a new snapshot, from which states start"
              .formatted(Windows.first(cluster), table.table(), between.earliest()));
    }
    List<Window.Incremental> windows = Windows.over(cluster, between.earliest());
    Instant w1 = windows.get(windows.size() - 1).to();
    if (w1.isAfter(between.latest()) || w1.isAfter(clock.instant())) {
      return open(
          left,
          Prospect.LATER,
          "exports must reach until %s, and point-in-time recovery of table '%s' is at %s; it is healed later"
              .formatted(w1, table.table(), between.latest()));
    }
    List<ShardStatus> logs = logs();
    Optional<ShardStatus> behind = behind(logs, w1);
    if (behind.isPresent()) {
      return open(
          left,
          Prospect.LATER,
          "shard %s is being read and is at %s, not yet at %s; it is healed later"
              .formatted(behind.get().shard().shard(), behind.get().to(), w1));
    }
    List<CompletedExport> exports = new ArrayList<>();
    for (Window.Incremental window : windows) {
      exports.add(
          client.fetch(
              new ExportRequest(table.table(), table.tableArn(), window, table.place()), progress));
    }
    return cure(cluster, left, new Lineages(logs, all), windows, exports, progress);
  }

  private List<GapState> cure(
      List<RecordedGap> cluster,
      List<RecordedGap> left,
      Lineages lineages,
      List<Window.Incremental> windows,
      List<CompletedExport> exports,
      ExportProgress progress) {
    List<StreamLabel> streams = streams();
    List<GapSite> sites =
        cluster.stream()
            .map(gap -> GapSite.of(gap, earlier(streams, gap.shard().stream())))
            .sorted(Comparator.comparing(GapSite::spot))
            .toList();
    try (WorkFolder folder = WorkFolder.in(scratch, "heal-");
        Duck duck = Duck.onDisk(new Duck.Limits(memory(), THREADS, folder.path()))) {
      return new Cure(store, exported, lake, table, clock, folder.path(), duck)
          .heal(sites, Set.copyOf(left), lineages, windows, exports, progress);
    }
  }

  private String recoveryIsOff() {
    return "table '%1$s' has no point-in-time recovery, which exports need; switch it on for gaps to come: aws dynamodb update-continuous-backups --table-name %1$s --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true"
        .formatted(table.table());
  }

  /** A shard without changes is behind for ever; one to which much is committed is not. */
  private Optional<ShardStatus> behind(List<ShardStatus> logs, Instant w1) {
    Instant lately = clock.instant().minus(settling);
    return logs.stream()
        .filter(log -> log.shard().shard().ofStream())
        .filter(log -> log.state() == ShardStatus.State.OPEN)
        .filter(log -> log.to().isBefore(w1) && log.lastCommit().isAfter(lately))
        .findFirst();
  }

  private List<ShardStatus> logs() {
    LogStatus status = LogStatus.read(store, lake, table.table());
    if (!status.problems().isEmpty()) {
      throw new LakeException(String.join("; ", status.problems()));
    }
    return status.shards();
  }

  /** The labels of all streams that the table had, oldest first. */
  private List<StreamLabel> streams() {
    String prefix = lake.streams(table.table());
    try (Stream<StoredObject> notes = store.list(prefix, "")) {
      return notes
          .map(note -> note.key().value().substring(prefix.length()).replaceFirst("\\.json$", ""))
          .map(StreamLabel::new)
          .sorted()
          .toList();
    }
  }

  private static StreamLabel earlier(List<StreamLabel> streams, StreamLabel stream) {
    return streams.stream()
        .filter(label -> label.compareTo(stream) < 0)
        .max(Comparator.naturalOrder())
        .orElse(StreamLabel.NONE);
  }

  private static List<RecordedGap> all(ObjectStore store, Lake lake, TableName table) {
    RecordedGap.All all = RecordedGap.readAll(store, lake, table);
    if (!all.problems().isEmpty()) {
      throw new LakeException(String.join("; ", all.problems()) + "; run fsck");
    }
    return all.gaps();
  }

  private static List<GapState> open(List<RecordedGap> cluster, Prospect prospect, String reason) {
    return cluster.stream().<GapState>map(gap -> new GapState.Open(gap, prospect, reason)).toList();
  }

  /** A quarter of what the process may take for itself, and enough for the largest items. */
  private static long memory() {
    return Math.max(256L << 20, Runtime.getRuntime().maxMemory() / 4);
  }
}
