package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.protocol.CompleteFile;
import dev.afterbay.sinks.commit.protocol.DropUpload;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.FindLast;
import dev.afterbay.sinks.commit.protocol.FindNote;
import dev.afterbay.sinks.commit.protocol.InspectFile;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.commit.protocol.PutEntry;
import dev.afterbay.sinks.commit.protocol.PutNote;
import dev.afterbay.sinks.commit.protocol.ReadEntry;
import dev.afterbay.sinks.commit.protocol.SetAside;
import dev.afterbay.sinks.commit.protocol.Step;
import dev.afterbay.sinks.commit.protocol.Verdict;
import dev.afterbay.sinks.segment.Lake.CommitPlace;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.CopyAnswer;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.StreamShard;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Performs the protocol's steps on a store. It retries nothing and decides nothing. */
final class Driver {
  private static final Logger LOG = LoggerFactory.getLogger(Driver.class);

  private final ObjectStore store;
  private final LogEntries entries;

  Driver(ObjectStore store, LogEntries entries) {
    this.store = store;
    this.entries = entries;
  }

  Verdict run(Step first) {
    return run(first, CommitWatch.NONE);
  }

  Verdict run(Step first, CommitWatch watch) {
    Step step = first;
    while (!(step instanceof Verdict)) {
      watch.enters(CommitPhase.of(step));
      step = perform(step);
    }
    return (Verdict) step;
  }

  Observed<Entry> last(StreamShard shard) {
    return entries.last(new CommitPlace(shard, 0, Entry.START));
  }

  private Step perform(Step step) {
    if (step instanceof PutEntry put) {
      return put.on(entries.put(put.ours()));
    }
    if (step instanceof ReadEntry read) {
      return read.on(entries.read(read.ours().place()));
    }
    if (step instanceof FindLast find) {
      return find.on(entries.last(find.from()));
    }
    if (step instanceof CompleteFile complete) {
      return complete.on(store.complete(complete.file().upload()));
    }
    if (step instanceof PutNote note) {
      return note.on(entries.note(note.entry()));
    }
    if (step instanceof FindNote find) {
      return find.on(size(entries.noteOf(find.entry())));
    }
    if (step instanceof SetAside aside) {
      return aside.on(setAside(aside.file(), entries.asideOf(aside.entry(), aside.file())));
    }
    if (step instanceof InspectFile inspect) {
      return inspect.on(sizeOf(inspect.file()));
    }
    DropUpload drop = (DropUpload) step;
    drop(drop.file());
    return drop.next();
  }

  /** A file that was changed under the log's rules counts as what was committed. */
  private Observed<Long> sizeOf(StagedFile file) {
    Observed<Long> seen = size(file.key());
    if (seen instanceof Observed.Present<Long> present && present.value() != file.size()) {
      try {
        if (entries.isKnown(file, present.value())) {
          return new Observed.Present<>(file.size());
        }
      } catch (ObjectStoreException | LakeException e) {
        return new Observed.Unanswered<>(String.valueOf(e.getMessage()));
      }
    }
    return seen;
  }

  private Observed<Long> size(ObjectKey key) {
    try {
      return store
          .head(key)
          .map(StoredObject::size)
          .<Observed<Long>>map(Observed.Present::new)
          .orElseGet(Observed.Absent::new);
    } catch (ObjectStoreException e) {
      return new Observed.Unanswered<>(String.valueOf(e.getMessage()));
    }
  }

  /** What is missing already leaves nothing to keep. */
  private SetAside.Answer setAside(ObjectKey file, ObjectKey aside) {
    try {
      Optional<StoredObject> visible = store.head(file);
      if (visible.isPresent() && store.copy(file, aside) == CopyAnswer.COPIED) {
        long kept = store.head(aside).map(StoredObject::size).orElse(0L);
        if (kept != visible.get().size()) {
          return new SetAside.Answer.Unknown(
              "its copy has " + kept + " bytes instead of " + visible.get().size());
        }
        store.delete(file);
      } else if (store.head(aside).isEmpty()) {
        LOG.atWarn()
            .addKeyValue("event", "nothing-to-set-aside")
            .addKeyValue("object", file)
            .log("A file that is to be set aside was missing before");
      }
      return new SetAside.Answer.Done();
    } catch (ObjectStoreException e) {
      return new SetAside.Answer.Unknown(String.valueOf(e.getMessage()));
    }
  }

  private void drop(StagedFile file) {
    try {
      store.abort(file.key(), file.upload().upload());
    } catch (ObjectStoreException e) {
      LOG.atWarn()
          .addKeyValue("event", "upload-left")
          .addKeyValue("object", file.key())
          .addKeyValue("reason", e.getMessage())
          .log("An upload that lost its race stays until the bucket's lifecycle rule removes it");
    }
  }
}
