package dev.afterbay.sinks.derive;

import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.generations.Generation;
import dev.afterbay.sinks.generations.GenerationNotes;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectRemover;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Removes the files of generations that nobody asks any more.
 *
 * <p>The last entry of a log may be published again by whoever opens it, and then its files must be
 * there. So those stay, until a later removal finds that other entries follow.
 */
public final class OldGenerations {
  private final ObjectStore store;
  private final Lake lake;
  private final GenerationNotes notes;
  private final CommitLog logs;
  private final ObjectRemover remover;
  private final InstantSource clock;

  /** Old generations of a lake. */
  public OldGenerations(
      ObjectStore store, Lake lake, CommitLog logs, ObjectRemover remover, InstantSource clock) {
    this.store = store;
    this.lake = lake;
    this.notes = new GenerationNotes(store, lake);
    this.logs = logs;
    this.remover = remover;
    this.clock = clock;
  }

  /**
   * What became of old generations.
   *
   * @param folders of their changes
   * @param removed how many files are gone
   * @param kept how many must stay for now, because they are of the last entry of a log
   */
  public record Dropped(List<String> folders, long removed, long kept) {
    /** Copies the folders. */
    public Dropped {
      folders = List.copyOf(folders);
    }
  }

  /**
   * Notes all old generations of an entity as dropped, and removes their files. It can be repeated
   * after it was interrupted.
   *
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store refuses or gives no
   *     answer
   * @throws LakeException if a log cannot be read
   */
  public Dropped drop(TableName table, String entity) {
    List<String> folders = new ArrayList<>();
    for (Generation old : notes.of(table, entity).old()) {
      notes.drop(old, clock.instant());
      folders.add(old.folder());
    }
    if (folders.isEmpty()) {
      return new Dropped(folders, 0, 0);
    }
    List<ObjectKey> files = new ArrayList<>();
    for (String folder : folders) {
      files.addAll(list(lake.data(table) + folder + "/"));
      files.addAll(list(lake.data(table) + folder + LakeTable.SNAPSHOTS_ENDING + "/"));
    }
    Set<ObjectKey> needed = ofLastEntries(table);
    long removed = 0;
    for (ObjectKey file : files) {
      if (!needed.contains(file)) {
        remover.remove(file);
        removed++;
      }
    }
    return new Dropped(folders, removed, files.size() - removed);
  }

  private List<ObjectKey> list(String prefix) {
    try (Stream<StoredObject> objects = store.list(prefix, "")) {
      return objects.map(StoredObject::key).toList();
    }
  }

  /** Read after the files were listed: what is not last now never is again. */
  private Set<ObjectKey> ofLastEntries(TableName table) {
    Set<StreamShard> names = new HashSet<>();
    try (Stream<StoredObject> objects = store.list(lake.commits(table), "")) {
      objects
          .flatMap(object -> lake.commitPlace(table, object.key()).stream())
          .forEach(place -> names.add(place.shard()));
    }
    Set<ObjectKey> files = new HashSet<>();
    for (StreamShard name : names) {
      Observed<Entry> last = logs.last(name);
      if (!(last instanceof Observed.Present<Entry> present)) {
        throw new LakeException(
            "The last entry of the log of " + name + " cannot be read: " + last + "; run fsck");
      }
      present.value().files().stream().map(StagedFile::key).forEach(files::add);
    }
    return files;
  }
}
