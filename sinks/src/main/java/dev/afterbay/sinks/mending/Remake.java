package dev.afterbay.sinks.mending;

import dev.afterbay.sinks.commit.RemadeFiles;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.tostorage.CompleteAnswer;
import dev.afterbay.sinks.tostorage.Notices;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Makes files of a commit once more, under their own keys, by running its records through a segment
 * again. That they are the same records is proven by the digest that runs through the log; nothing
 * is made visible before.
 */
public final class Remake {
  private final ObjectStore store;
  private final Notices notices;
  private final Lake lake;
  private final Workspace workspace;
  private final InstantSource clock;

  /**
   * A way to make files once more.
   *
   * @param notices for files that have another size than was committed
   */
  public Remake(
      ObjectStore store, Notices notices, Lake lake, Workspace workspace, InstantSource clock) {
    this.store = store;
    this.notices = notices;
    this.lake = lake;
    this.workspace = workspace;
    this.clock = clock;
  }

  /**
   * Makes the files of a broken commit, where they are missing or in place of damaged ones.
   *
   * @param records fills a segment that starts where the commit did
   * @return why that is not possible with these records; empty if it is done
   * @throws ObjectStoreException if the store gives no answer; to be repeated then
   */
  public Optional<String> of(BrokenCommit broken, Consumer<Segment> records) {
    Entry entry = broken.entry();
    if (broken.before().isEmpty()) {
      return Optional.of("the log of its parent does not tell where it began");
    }
    Segment segment = new Segment(entry.shard(), broken.before().get(), lake, workspace, clock);
    try {
      records.accept(segment);
      if (!segment.cursor().equals(entry.cursor()) || !segment.span().equals(entry.span())) {
        return Optional.of(
            "there are %d records with digest %s, and %d with %s were committed"
                .formatted(
                    segment.records(),
                    segment.cursor().digest(),
                    entry.records(),
                    entry.cursor().digest()));
      }
      return show(broken, segment.stage(store, entry.id().tag()));
    } finally {
      segment.discard();
    }
  }

  private Optional<String> show(BrokenCommit broken, List<StagedFile> staged) {
    Set<ObjectKey> wanted =
        broken.files().stream().map(StagedFile::key).collect(Collectors.toSet());
    Set<ObjectKey> lacking = new HashSet<>(wanted);
    for (StagedFile committed : broken.files()) {
      staged.stream()
          .filter(file -> file.key().equals(committed.key()) && file.rows() == committed.rows())
          .forEach(file -> lacking.remove(file.key()));
    }
    if (!lacking.isEmpty()) {
      staged.forEach(this::drop);
      return Optional.of("the tables are configured otherwise by now: no such file comes of it");
    }
    for (StagedFile file : staged) {
      if (!wanted.contains(file.key())) {
        drop(file);
        continue;
      }
      RemadeFiles.note(notices, lake, file.key(), file.size());
      if (store.complete(file.upload()) instanceof CompleteAnswer.Unknown unknown) {
        return Optional.of("it is not known whether '" + file.key() + "' stands: " + unknown.why());
      }
    }
    return Optional.empty();
  }

  private void drop(StagedFile file) {
    store.abort(file.key(), file.upload().upload());
  }
}
