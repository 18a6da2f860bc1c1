package dev.afterbay.sinks.check;

import dev.afterbay.sinks.commit.ShardHistory;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Totals;
import dev.afterbay.sinks.derive.DeriveLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Lake.CommitPlace;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.segment.Tallies;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the entries of a table's logs follow from each other. */
final class ChainCheck {
  private final Lake lake;
  private final TableLog log;
  private final TableLog later;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * A check of a table's logs.
   *
   * @param log whose entries are checked
   * @param later the same log, read later: it holds every parent's end
   */
  ChainCheck(Lake lake, TableLog log, TableLog later) {
    this.lake = lake;
    this.log = log;
    this.later = later;
  }

  List<Finding> findings() {
    log.logs().values().forEach(this::checkLog);
    return findings;
  }

  private void checkLog(List<Entry> entries) {
    checkStart(entries.get(0));
    for (int i = 1; i < entries.size(); i++) {
      checkLink(entries.get(i - 1), entries.get(i));
      if (entries.get(i).rewind().isPresent()) {
        checkRewind(ShardHistory.live(entries.subList(0, i)), entries.get(i));
      }
    }
    entries.forEach(this::checkRows);
  }

  private void checkStart(Entry first) {
    CommitPlace start = new CommitPlace(first.shard(), 0, Entry.START);
    if (!first.place().equals(start)) {
      if (log.isUnreadable(start)) {
        return;
      }
      add(
          Damage.BROKEN_CHAIN,
          first,
          "the log starts after " + first.after() + ": the entries before it are missing");
      return;
    }
    checkBeginning(first);
  }

  /** What was taken back continues what may have been taken back too, and is read again. */
  private void checkBeginning(Entry first) {
    if (!log.isLive(first)) {
      return;
    }
    Entry parentEnd = null;
    if (first.parent().isPresent()) {
      ShardId parent = first.parent().get();
      parentEnd = lastOf(first.shard(), parent);
      if (parentEnd == null || !parentEnd.ends()) {
        add(
            Damage.CHILD_BEFORE_PARENT_END,
            first,
            "the log of its parent " + parent + " has not ended");
        return;
      }
    }
    checkSums(first, Totals.NONE, parentEnd == null ? 0 : parentEnd.cursor().records());
  }

  private @Nullable Entry lastOf(StreamShard sibling, ShardId shard) {
    List<Entry> entries =
        later.shards().get(new StreamShard(sibling.table(), sibling.stream(), shard));
    return entries == null ? null : entries.get(entries.size() - 1);
  }

  /** A rewind goes back to where the log stood once. */
  private void checkRewind(List<Entry> live, Entry rewind) {
    SequenceNumber cut = rewind.rewind().orElseThrow().cut();
    if (cut.equals(Entry.START)) {
      return;
    }
    Optional<Entry> kept =
        live.stream().filter(entry -> entry.last().equals(cut)).reduce((first, second) -> first);
    if (kept.isEmpty()) {
      add(Damage.BROKEN_CHAIN, rewind, "it goes back to " + cut + ", where no commit ended");
    } else if (!kept.get().totals().equals(rewind.totals())
        || !kept.get().cursor().equals(rewind.cursor())) {
      add(
          Damage.WRONG_TOTALS,
          rewind,
          "it goes back to commit " + kept.get().id() + ", but not to its sums");
    }
  }

  private void checkLink(Entry before, Entry entry) {
    if (before.nextEpoch() != entry.epoch()) {
      add(
          Damage.BROKEN_CHAIN,
          entry,
          "it is of epoch %d, but commit %s before it leads to epoch %d"
              .formatted(entry.epoch(), before.id(), before.nextEpoch()));
      return;
    }
    if (entry.rewind().isPresent() && before.following().equals(entry.after())) {
      return;
    }
    if (before.rewind().isPresent()
        && before.cursor().position().isEmpty()
        && entry.after().equals(Entry.START)) {
      checkBeginning(entry);
      return;
    }
    if (before.ends()) {
      add(
          Damage.ENTRY_AFTER_END,
          entry,
          "commit " + before.id() + " ended the shard at " + before.last());
    }
    if (before.last().isAfter(entry.after())) {
      add(
          Damage.OVERLAP,
          entry,
          "it starts after %s, but commit %s before it goes up to %s"
              .formatted(entry.after(), before.id(), before.last()));
    } else if (log.isUnreadable(new CommitPlace(entry.shard(), entry.epoch(), before.last()))) {
      return; // What stands between them is reported as unreadable.
    } else if (!before.last().equals(entry.after())) {
      add(
          Damage.BROKEN_CHAIN,
          entry,
          "it starts after %s, but commit %s before it goes only up to %s"
              .formatted(entry.after(), before.id(), before.last()));
    } else {
      checkSums(entry, before.totals(), before.cursor().records());
    }
  }

  private void checkSums(Entry entry, Totals before, long lineageBefore) {
    Totals expected = before.plus(entry.span(), Tallies.NONE);
    Totals found = entry.totals();
    if (!found.equals(expected.counting(found.tallies()))
        || !found.tallies().covers(expected.tallies())) {
      add(
          Damage.WRONG_TOTALS,
          entry,
          "its shard's sums are " + found + " and should be " + expected);
    }
    long lineage = lineageBefore + entry.records();
    if (entry.cursor().records() != lineage) {
      add(
          Damage.WRONG_TOTALS,
          entry,
          "it counts %d records along the lineage and should count %d"
              .formatted(entry.cursor().records(), lineage));
    }
  }

  /** Each record has one row, such as in the raw changes; a gap has one in the gaps. */
  private void checkRows(Entry entry) {
    if (DeriveLog.is(entry.shard().shard())) {
      checkDerivedRows(entry);
      return;
    }
    long rows = LakeTable.OF_RECORDS.stream().mapToLong(folder -> rows(entry, folder)).sum();
    if (rows != entry.records()) {
      add(
          Damage.WRONG_ROW_COUNT,
          entry,
          "it has %d records, but %d rows of %s"
              .formatted(entry.records(), rows, String.join(", ", LakeTable.OF_RECORDS)));
    }
    long gaps = rows(entry, LakeTable.GAPS);
    if (gaps != entry.gap().stream().count()) {
      add(
          Damage.WRONG_ROW_COUNT,
          entry,
          "it is %s gap and has %d rows of gaps"
              .formatted(entry.gap().isPresent() ? "a" : "no", gaps));
    }
  }

  /** Each raw row that was looked at has one row at most, in one typed table. */
  private void checkDerivedRows(Entry entry) {
    long rows = entry.files().stream().mapToLong(StagedFile::rows).sum();
    if (rows > entry.records()) {
      add(
          Damage.WRONG_ROW_COUNT,
          entry,
          "it is derived from %d raw rows and has %d".formatted(entry.records(), rows));
    }
  }

  private long rows(Entry entry, String folder) {
    String prefix = lake.data(entry.shard().table()) + folder + "/";
    return entry.files().stream()
        .filter(file -> file.key().value().startsWith(prefix))
        .mapToLong(StagedFile::rows)
        .sum();
  }

  private void add(Damage damage, Entry entry, String detail) {
    findings.add(new Finding(damage, lake.commit(entry.place()), detail));
  }
}
