package dev.afterbay.sinks.check;

import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectRemover;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.OpenUploads;
import dev.afterbay.sinks.tostorage.OpenUploads.OpenUpload;
import dev.afterbay.sinks.tostorage.UploadId;
import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removes what lies in a table's folder and belongs to no commit. Workers may run meanwhile: the
 * uploads are listed before the log is read, as the files were by the check that found the stray
 * ones, and a file is visible only after its entry.
 *
 * <p>An upload that no entry names may be that of a writer which is about to commit it, and which
 * would then have committed a file that is gone. Nobody can tell such a writer from one that died:
 * only one that must be dead long since is taken for dead.
 */
public final class LakeCleaning {
  /** No writer holds an upload for so long without a commit; the stream itself holds a day. */
  public static final Duration OLD_UPLOAD = Duration.ofDays(7);

  private final ObjectStore store;
  private final Lake lake;
  private final OpenUploads uploads;
  private final ObjectRemover remover;
  private final InstantSource clock;

  /** Cleans a lake. */
  public LakeCleaning(
      ObjectStore store,
      Lake lake,
      OpenUploads uploads,
      ObjectRemover remover,
      InstantSource clock) {
    this.store = store;
    this.lake = lake;
    this.uploads = uploads;
    this.remover = remover;
    this.clock = clock;
  }

  /**
   * What was removed.
   *
   * @param files that could be seen
   * @param uploads of which nothing could be seen
   * @param young how many uploads were left, because a writer may still want them
   */
  public record Cleaned(List<ObjectKey> files, List<OpenUpload> uploads, long young) {
    /** Copies the lists. */
    public Cleaned {
      files = List.copyOf(files);
      uploads = List.copyOf(uploads);
    }
  }

  /**
   * Removes the stray files and orphaned uploads of a table. May be repeated.
   *
   * @param found by a check of the table just before: a file that was stray then stays so
   * @throws LakeException if something is wrong with the log, an entry that was deleted for
   *     example, whose files look like any that belong to nobody: then nothing is removed
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store refuses or gives no
   *     answer
   */
  public Cleaned clean(TableName table, List<Finding> found) {
    refuseDamage(table, found);
    List<OpenUpload> open = uploads.list(lake.data(table));
    TableLog log = TableLog.read(store, lake, table, null);
    refuseDamage(table, log.findings());
    Set<UploadId> named =
        log.logs().values().stream()
            .flatMap(List::stream)
            .map(Entry::files)
            .flatMap(List::stream)
            .map(StagedFile::upload)
            .map(staged -> staged.upload())
            .collect(Collectors.toSet());
    Instant old = clock.instant().minus(OLD_UPLOAD);
    List<OpenUpload> orphans =
        open.stream().filter(upload -> !named.contains(upload.upload())).toList();
    List<OpenUpload> dead =
        orphans.stream().filter(upload -> upload.begun().isBefore(old)).toList();
    List<ObjectKey> strays =
        found.stream()
            .filter(finding -> finding.damage() == Damage.STRAY_FILE)
            .map(Finding::key)
            .toList();
    strays.forEach(remover::remove);
    dead.forEach(upload -> store.abort(upload.key(), upload.upload()));
    return new Cleaned(strays, dead, orphans.size() - dead.size());
  }

  private static void refuseDamage(TableName table, List<Finding> findings) {
    for (Finding finding : findings) {
      if (finding.damage() != Damage.STRAY_FILE && !finding.damage().ofContent()) {
        throw new LakeException(
            "The log of table '"
                + table
                + "' is damaged, and what seems to belong to nobody may be of what it lacks;"
                + " nothing was removed: "
                + finding.key()
                + ": "
                + finding.detail());
      }
    }
  }
}
