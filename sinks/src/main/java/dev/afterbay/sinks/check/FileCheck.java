package dev.afterbay.sinks.check;

import dev.afterbay.sinks.commit.LaterFiles;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.toparquet.ParquetFooter;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.sinks.tostorage.UploadState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether committed files are what was committed. */
final class FileCheck {
  private final ObjectStore store;
  private final LaterFiles later;
  private final Map<ObjectKey, Long> visible;
  private final List<ObjectKey> pending = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  /**
   * A check of files.
   *
   * @param visible the size of each file, listed after the entries that are checked were read
   */
  FileCheck(ObjectStore store, Lake lake, Map<ObjectKey, Long> visible) {
    this.store = store;
    this.later = new LaterFiles(store, lake);
    this.visible = visible;
  }

  List<ObjectKey> pending() {
    return pending;
  }

  List<Finding> findings() {
    return findings;
  }

  void check(StagedFile file) {
    Long size = visible.get(file.key());
    if (size == null) {
      addMissing(file);
    } else {
      check(file, size);
    }
  }

  /** A file of a log's last entry may still wait, or become visible while we look. */
  void checkPerhapsPending(StagedFile file) {
    Optional<Long> size = Optional.ofNullable(visible.get(file.key())).or(() -> head(file));
    if (size.isEmpty() && store.stateOf(file.key(), file.upload().upload()) == UploadState.STAGED) {
      pending.add(file.key());
      return;
    }
    size.or(() -> head(file)).ifPresentOrElse(s -> check(file, s), () -> addMissing(file));
  }

  /** The object that tells of a gap. */
  void checkNote(ObjectKey key) {
    if (store.head(key).isEmpty()) {
      findings.add(
          new Finding(Damage.MISSING_FILE, key, "the log has a gap here of which it should tell"));
    }
  }

  private Optional<Long> head(StagedFile file) {
    return store.head(file.key()).map(StoredObject::size);
  }

  private void check(StagedFile file, long size) {
    Set<Long> known = size == file.size() ? Set.of(file.rows()) : later.rows(file, size);
    if (known.isEmpty()) {
      add(
          Damage.WRONG_SIZE,
          file,
          "it has %d bytes and %d were committed".formatted(size, file.size()));
      return;
    }
    try {
      long rows =
          ParquetFooter.rows(
              size, (offset, length) -> store.get(file.key(), offset, length).orElseThrow());
      if (!known.contains(rows) && !later.rows(file, size).contains(rows)) {
        add(
            Damage.WRONG_ROW_COUNT,
            file,
            "it has %d rows and %d were committed".formatted(rows, file.rows()));
      }
    } catch (IOException e) {
      add(Damage.WRONG_ROW_COUNT, file, "its footer cannot be read: " + e.getMessage());
    }
  }

  private void addMissing(StagedFile file) {
    add(
        Damage.MISSING_FILE,
        file,
        "%d rows in %d bytes were committed".formatted(file.rows(), file.size()));
  }

  private void add(Damage damage, StagedFile file, String detail) {
    findings.add(new Finding(damage, file.key(), detail));
  }
}
