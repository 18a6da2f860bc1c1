package dev.afterbay.sinks.check;

import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.generations.GenerationNotes;
import dev.afterbay.sinks.generations.Generations;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Checks a table of the lake against its commit log.
 *
 * <p>Writers may run meanwhile, because of the order of the readings: (1) the log, (2) the files,
 * (3) the log again. A file of an entry in (1) that has a successor there was visible before (2). A
 * file in (2) was committed before it was visible, so its entry is in (3). A child's entry in (1)
 * came after its parent's end, which so is in (3).
 */
public final class LakeCheck {
  private final ObjectStore store;
  private final Lake lake;

  /** A check of a lake. */
  public LakeCheck(ObjectStore store, Lake lake) {
    this.store = store;
    this.lake = lake;
  }

  /**
   * Checks one table, and reads all rows of its committed files.
   *
   * @param reader of the files
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer: then
   *     nothing is known
   */
  public LakeReport checkDeeply(TableName table, RowReader reader) {
    return check(table, Optional.of(new RowCheck(store, lake, reader)));
  }

  private static void checkRows(RowCheck rows, TableLog log) {
    for (List<Entry> entries : log.shards().values()) {
      for (int i = 0; i < entries.size(); i++) {
        Entry entry = entries.get(i);
        rows.check(
            entry,
            i > 0 && entry.shard().shard().ofStream()
                ? Optional.of(entries.get(i - 1).cursor())
                : beginning(entry, log));
      }
    }
  }

  /** Where the digest of a log begins: at nothing, or at the end of its parent's. */
  private static Optional<ShardCursor> beginning(Entry first, TableLog log) {
    if (!first.shard().shard().ofStream()) {
      return Optional.empty();
    }
    if (first.parent().isEmpty()) {
      return Optional.of(ShardCursor.start());
    }
    StreamShard parent =
        new StreamShard(first.shard().table(), first.shard().stream(), first.parent().get());
    List<Entry> entries = log.shards().getOrDefault(parent, List.of());
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.of(entries.get(entries.size() - 1).cursor().child());
  }

  /**
   * Checks one table.
   *
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer: then
   *     nothing is known
   */
  public LakeReport check(TableName table) {
    return check(table, Optional.empty());
  }

  private LakeReport check(TableName table, Optional<RowCheck> deep) {
    Map<String, Generations> generations = new GenerationNotes(store, lake).of(table);
    TableLog first = TableLog.read(store, lake, table, null);
    Map<ObjectKey, Long> visible = visible(table);
    TableLog second = TableLog.read(store, lake, table, first);

    List<Finding> findings = new ArrayList<>(first.findings());
    findings.addAll(new ChainCheck(lake, first, second).findings());
    findings.addAll(new GenerationCheck(lake, first, second).findings(generations));
    DroppedFiles dropped = new DroppedFiles(lake, table, generations);
    FileCheck files = new FileCheck(store, lake, visible);
    long records = 0;
    long committed = 0;
    List<Finding> rewinds = unfinished(first);
    for (List<Entry> log : first.shards().values()) {
      for (Entry entry : log) {
        if (!second.isLive(entry)) {
          continue;
        }
        boolean last = entry.equals(log.get(log.size() - 1));
        // What came out of quarantine was counted when it went in.
        records += entry.shard().shard().ofStream() ? entry.records() : 0;
        committed += entry.files().size();
        if (!last && entry.gap().isPresent()) {
          files.checkNote(lake.gap(entry.shard(), entry.after()));
        }
        for (StagedFile file : entry.files()) {
          if (dropped.mayBeGone(file)) {
            continue;
          }
          if (last) {
            files.checkPerhapsPending(file);
          } else {
            files.check(file);
          }
        }
      }
    }
    findings.addAll(files.findings());
    deep.ifPresent(rows -> checkRows(rows, second));
    deep.ifPresent(rows -> findings.addAll(rows.findings()));
    findings.addAll(rewinds);
    findings.addAll(strays(visible.keySet(), second));
    return new LakeReport(
        first.shards().size(),
        first.size(),
        committed,
        records,
        deep.map(RowCheck::rows).orElse(0L),
        files.pending(),
        findings);
  }

  /** The logs that nobody opens before a rewind is complete. */
  private List<Finding> unfinished(TableLog log) {
    List<Finding> findings = new ArrayList<>();
    for (List<Entry> entries : log.logs().values()) {
      Entry last = entries.get(entries.size() - 1);
      if (last.rewind().isPresent()
          && store.head(lake.rewind(last.shard(), last.nextEpoch())).isEmpty()) {
        findings.add(
            new Finding(
                Damage.UNFINISHED_REWIND,
                lake.commit(last.place()),
                "'afterbay replay' was begun and has not come to its end; run it again"));
      }
    }
    return findings;
  }

  private Map<ObjectKey, Long> visible(TableName table) {
    String prefix = lake.data(table);
    Map<ObjectKey, Long> visible = new TreeMap<>();
    try (Stream<StoredObject> objects = store.list(prefix, "")) {
      objects
          .filter(object -> isGoverned(object.key().value().substring(prefix.length())))
          .forEach(object -> visible.put(object.key(), object.size()));
    }
    return visible;
  }

  /** What starts with '_' or '.' no query sees. */
  private static boolean isGoverned(String path) {
    return !path.matches("(.*/)?[_.].*");
  }

  private static List<Finding> strays(Set<ObjectKey> visible, TableLog log) {
    Set<ObjectKey> strays = new HashSet<>(visible);
    Set<ObjectKey> takenBack = new HashSet<>();
    for (List<Entry> entries : log.logs().values()) {
      for (Entry entry : entries) {
        List<ObjectKey> files = entry.files().stream().map(StagedFile::key).toList();
        if (log.isLive(entry)) {
          files.forEach(strays::remove);
        } else {
          takenBack.addAll(files);
        }
      }
    }
    return strays.stream()
        .sorted()
        .map(
            key ->
                new Finding(
                    Damage.STRAY_FILE,
                    key,
                    takenBack.contains(key)
                        ? "the commit that names it was taken back"
                        : "no readable entry of the log names it"))
        .toList();
  }
}
