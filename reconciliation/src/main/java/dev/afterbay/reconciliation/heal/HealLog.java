package dev.afterbay.reconciliation.heal;

import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.CountedLog;
import dev.afterbay.sinks.commit.RecordedGap;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.commit.VisibleFiles;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.LakeRow;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.toavro.HealingTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The log of one gap's healing. Its end says that the gap is healed; its last record is the row
 * that tells how.
 *
 * <p>Exactly once: (1) open the log; (2) read which keys its files hold; (3) commit rows of others,
 * and end it. By key and not by count, for until the log has ended a later run may know more, and
 * plan other rows.
 */
final class HealLog {
  private static final RollPolicy BATCH = new RollPolicy(Duration.ofDays(1), 64L << 20, 50_000);

  /** Each loss is another's progress; so many in a row are no accident. */
  private static final int MOST_ATTEMPTS = 20;

  private final ObjectStore store;
  private final Lake lake;
  private final Path scratch;
  private final InstantSource clock;
  private final KeyColumns keys;
  private final GapSite gap;
  private final StreamShard name;

  HealLog(
      ObjectStore store,
      Lake lake,
      Path scratch,
      InstantSource clock,
      KeyColumns keys,
      GapSite gap) {
    this.store = store;
    this.lake = lake;
    this.scratch = scratch;
    this.clock = clock;
    this.keys = keys;
    this.gap = gap;
    this.name = GapSite.logOf(gap.gap());
  }

  /** Whether a gap is healed: the log of its healing has ended, and all of its end is visible. */
  static boolean isHealed(ObjectStore store, CommitLog logs, RecordedGap gap) {
    StreamShard name = GapSite.logOf(gap);
    Observed<Entry> last = logs.last(name);
    if (last instanceof Observed.Unanswered<Entry> unanswered) {
      throw new ObjectStoreException(
          ObjectStoreException.Kind.UNAVAILABLE,
          "The log of " + name + " cannot be read now: " + unanswered.why());
    }
    if (last instanceof Observed.Unreadable<Entry> unreadable) {
      throw new LakeException(
          "The log of " + name + " is damaged: " + unreadable.why() + "; run fsck");
    }
    return last instanceof Observed.Present<Entry> present
        && present.value().ends()
        && present.value().files().stream().allMatch(file -> store.head(file.key()).isPresent());
  }

  /** Commits what is not yet committed, and ends the log. */
  GapState.Healed write(
      Planned planned, int number, RowMaker rows, List<String> exports, String lost) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      CountedLog open = CountedLog.open(store, lake, Workspace.in(scratch), clock, name);
      Writing writing = new Writing(open, rows);
      if (open.log().ended() || writing.ranThrough(planned, number, exports, lost)) {
        // The last record is no item's.
        return new GapState.Healed(gap.gap(), exports, open.log().totals().records() - 1, lost);
      }
    }
    throw new LakeException(
        "Other processes heal the gap of "
            + gap.gap().shard()
            + " at the same time; let them finish, then repeat the command");
  }

  private String doneKeys(CountedLog open) {
    List<StoredObject> files =
        VisibleFiles.of(
            store,
            open.files().stream()
                .filter(file -> lake.pathOf(file.key()).contains("/" + LakeTable.CHANGES + "/")));
    return files.isEmpty() ? "" : new LakeFiles(store, scratch).keysOf(files, keys);
  }

  /** One attempt. */
  private final class Writing {
    private final ShardLog log;
    private final CountedLog open;
    private final RowMaker rows;
    private Segment segment;
    private boolean superseded;

    Writing(CountedLog open, RowMaker rows) {
      this.open = open;
      this.log = open.log();
      this.rows = rows;
      this.segment = log.begin();
    }

    boolean ranThrough(Planned planned, int number, List<String> exports, String lost) {
      planned.done(doneKeys(open));
      rows.segmentBegins();
      try {
        planned.each(number, this::add);
        if (superseded) {
          return false;
        }
        end(exports, lost);
        return CountedLog.isCommitted(name, log.commitEnd(segment));
      } finally {
        segment.discard();
      }
    }

    private void add(
        String first,
        String second,
        Instant time,
        @Nullable String newImage,
        @Nullable String oldImage) {
      if (superseded) {
        return;
      }
      ChangeEvent event =
          new ChangeEvent(
              newImage == null
                  ? Operation.REMOVE
                  : oldImage == null ? Operation.INSERT : Operation.MODIFY,
              time,
              gap.spot().sequenceNumber(),
              name.shard().value(),
              false,
              Image.of(keys.item(first, second)),
              newImage == null ? null : Image.parse(newImage),
              oldImage == null ? null : Image.parse(oldImage));
      RowMaker.Made made =
          rows.rowsOf(
              new StreamShard(name.table(), gap.spot().stream(), name.shard()), event, time);
      segment.append(
          CountedLog.next(
              segment.cursor(), time, event.keys().digest() + "|" + digest(event.newImage())),
          made.rows());
      segment.count(made.tallies());
      if (BATCH.isDue(segment, clock.instant())) {
        superseded = !CountedLog.isCommitted(name, log.commit(segment));
        if (!superseded) {
          segment = log.begin();
          rows.segmentBegins();
        }
      }
    }

    private void end(List<String> exports, String lost) {
      Instant now = clock.instant();
      long healed = log.totals().records() + segment.records();
      segment.append(
          CountedLog.next(segment.cursor(), now, "healed"),
          List.of(
              new LakeRow(
                  LakeTable.healings(),
                  HealingTable.row(
                      gap.gap().shard(), gap.gap().after(), now, exports, healed, lost),
                  now)));
    }
  }

  private static String digest(@Nullable Image image) {
    return image == null ? "-" : Objects.requireNonNull(image).digest();
  }
}
