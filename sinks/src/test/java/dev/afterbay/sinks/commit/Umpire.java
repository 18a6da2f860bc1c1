package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.CompleteAnswer;
import dev.afterbay.sinks.tostorage.CopyAnswer;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.sinks.tostorage.StagedUpload;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.sinks.tostorage.UploadId;
import dev.afterbay.sinks.tostorage.UploadState;
import dev.afterbay.sinks.tostorage.UploadedPart;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One writer's way to a store, on which each request is held against the rules of the protocol, by
 * what the store holds in truth:
 *
 * <ol>
 *   <li>An entry is put only after one whose files are all visible.
 *   <li>An upload is completed only if an entry of the log names it.
 *   <li>An upload is aborted only by the writer that began it, and never if an entry names it.
 *   <li>An upload that was named in a put is aborted only if another's entry stands there, so that
 *       the put can never come true.
 *   <li>What a writer is told to be committed is in the log, and visible, unless it was taken back.
 *   <li>After a rewind an entry is put only if none of the files that it sets aside is visible.
 *   <li>A file is deleted only if a rewind of the log sets it aside, and it is kept elsewhere.
 * </ol>
 *
 * A put whose place is taken can do no harm, whatever it is of.
 */
final class Umpire implements ObjectStore {
  private final ObjectStore store;
  private final MemoryObjectStore truth;
  private final Lake lake;
  private final LogEntries log;
  private final EntryJson json;
  private final Set<UploadId> begun = new HashSet<>();
  private final Map<UploadId, Entry> offered = new HashMap<>();
  private final Map<ObjectKey, Entry> known = new HashMap<>();

  /**
   * A way to a store.
   *
   * @param store to which requests go, perhaps by a faulty way
   * @param truth the store at its end
   */
  Umpire(ObjectStore store, MemoryObjectStore truth, Lake lake) {
    this.store = store;
    this.truth = truth;
    this.lake = lake;
    this.log = new LogEntries(truth, lake);
    this.json = new EntryJson(lake);
  }

  /** Rule 5 for an entry that a writer was told of. */
  void mustStand(Entry entry) {
    require(
        log.read(entry.place()).equals(new Observed.Present<>(entry)),
        "A writer believes in " + entry.id() + ", which is not in the log");
    mustBeVisible(entry);
  }

  /** Rule 5 for an opened log. */
  void mustStand(ShardLog opened, Optional<ShardId> parent) {
    int commits = (int) opened.totals().commits();
    List<Entry> live = live(opened.shard());
    if (epoch(opened.shard()) > opened.epoch()) {
      return;
    }
    if (commits > 0) {
      Entry last = live.get(commits - 1);
      require(last.cursor().equals(opened.cursor()), "A log was not opened at " + last.id());
      mustBeVisible(last);
    } else {
      parent.ifPresent(id -> mustHaveEnded(sibling(opened.shard(), id)));
    }
  }

  /** Whether a log was ever taken back. */
  boolean isRewound(StreamShard shard) {
    return epoch(shard) > 0;
  }

  @Override
  public PutAnswer putIfAbsent(ObjectKey key, byte[] content) {
    if (!key.value().startsWith(lake.commits(ShardFeed.TABLE))) {
      return store.putIfAbsent(key, content);
    }
    Entry entry = entry(content);
    if (truth.head(key).isEmpty()) {
      mustFollow(entry);
    }
    entry.files().forEach(file -> offered.put(file.upload().upload(), entry));
    return store.putIfAbsent(key, content);
  }

  private void mustFollow(Entry entry) {
    List<Entry> before = entries(entry.shard()).toList();
    if (!before.isEmpty()) {
      Entry last = before.get(before.size() - 1);
      require(
          last.nextEpoch() == entry.epoch()
              && entry.after().equals(entry.rewind().isPresent() ? last.following() : last.last()),
          "Entry " + entry.id() + " does not follow from " + last.id());
      mustBeVisible(last);
      last.rewind()
          .ifPresent(
              rewind ->
                  require(
                      rewind.setAside().stream().noneMatch(file -> truth.head(file).isPresent()),
                      "A writer goes on after " + last.id() + ", which is not complete"));
    } else {
      require(entry.after().equals(Entry.START), "There is no entry before " + entry.id());
    }
    if (entry.after().equals(Entry.START) && entry.rewind().isEmpty()) {
      entry.parent().ifPresent(parent -> mustHaveEnded(sibling(entry.shard(), parent)));
    }
  }

  @Override
  public CompleteAnswer complete(StagedUpload upload) {
    require(isCommitted(upload.upload()), "A writer publishes before the commit: " + upload.key());
    return store.complete(upload);
  }

  @Override
  public void abort(ObjectKey key, UploadId upload) {
    require(begun.contains(upload), "A writer aborts " + upload + ", which it did not begin");
    require(!isCommitted(upload), "A writer aborts " + upload + ", which an entry names");
    Entry ours = offered.get(upload);
    if (ours != null) {
      require(
          log.read(ours.place()) instanceof Observed.Present,
          "A writer aborts " + upload + ", whose commit may yet arrive");
    }
    store.abort(key, upload);
  }

  @Override
  public UploadId begin(ObjectKey key) {
    UploadId upload = store.begin(key);
    begun.add(upload);
    return upload;
  }

  @Override
  public UploadedPart uploadPart(ObjectKey key, UploadId upload, int number, ByteBuffer content) {
    return store.uploadPart(key, upload, number, content);
  }

  @Override
  public Optional<byte[]> get(ObjectKey key) {
    return store.get(key);
  }

  @Override
  public Optional<byte[]> get(ObjectKey key, long offset, int length) {
    return store.get(key, offset, length);
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    return store.head(key);
  }

  @Override
  public Stream<StoredObject> list(String prefix, String startAfter) {
    return store.list(prefix, startAfter);
  }

  @Override
  public CopyAnswer copy(ObjectKey from, ObjectKey to) {
    return store.copy(from, to);
  }

  @Override
  public void delete(ObjectKey key) {
    Entry rewind =
        entries()
            .filter(entry -> entry.rewind().filter(it -> it.setAside().contains(key)).isPresent())
            .findFirst()
            .orElseThrow(() -> new AssertionError("Nothing says that " + key + " is to go"));
    require(
        truth.head(lake.rewound(rewind.shard(), rewind.nextEpoch(), key)).isPresent(),
        "File " + key + " is deleted, and not kept elsewhere");
    store.delete(key);
  }

  @Override
  public UploadState stateOf(ObjectKey key, UploadId upload) {
    return store.stateOf(key, upload);
  }

  private boolean isCommitted(UploadId upload) {
    return entries()
        .flatMap(entry -> entry.files().stream())
        .anyMatch(file -> file.upload().upload().equals(upload));
  }

  private Stream<Entry> entries(StreamShard shard) {
    return entries().filter(entry -> entry.shard().equals(shard));
  }

  private Stream<Entry> entries() {
    return truth
        .list(lake.commits(ShardFeed.TABLE), "")
        .map(
            object ->
                known.computeIfAbsent(object.key(), key -> entry(truth.get(key).orElseThrow())));
  }

  private Entry entry(byte[] content) {
    try {
      return json.read(content);
    } catch (UnreadableEntryException e) {
      throw new AssertionError("A writer puts something else than an entry", e);
    }
  }

  private void mustHaveEnded(StreamShard parent) {
    mustBeVisible(
        live(parent).stream()
            .filter(Entry::ends)
            .findFirst()
            .orElseThrow(() -> new AssertionError("A child starts before the end of " + parent)));
  }

  private List<Entry> live(StreamShard shard) {
    return ShardHistory.live(entries(shard).toList());
  }

  private int epoch(StreamShard shard) {
    return entries(shard).mapToInt(Entry::nextEpoch).max().orElse(0);
  }

  private void mustBeVisible(Entry entry) {
    if (!live(entry.shard()).contains(entry)) {
      return;
    }
    for (StagedFile file : entry.files()) {
      require(
          truth.head(file.key()).filter(object -> object.size() == file.size()).isPresent(),
          "A writer goes on after " + entry.id() + ", whose file is not visible: " + file.key());
    }
  }

  private static StreamShard sibling(StreamShard shard, ShardId id) {
    return new StreamShard(shard.table(), shard.stream(), id);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
