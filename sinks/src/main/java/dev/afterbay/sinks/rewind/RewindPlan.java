package dev.afterbay.sinks.rewind;

import dev.afterbay.sinks.commit.ShardHistory;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.transforms.change.ShardId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which logs of a stream are to be cut, and where.
 *
 * <p>A child's log continues the sums of its parent's end. So if that end goes, all that descends
 * from it goes too, even a child that nobody has read yet: a writer may have opened it on the
 * ground of that end.
 *
 * @param cuts children before their parents
 */
public record RewindPlan(List<Cut> cuts) {
  /** Copies the list. */
  public RewindPlan {
    cuts = List.copyOf(cuts);
  }

  /**
   * Makes a plan.
   *
   * @param histories of the logs that may be touched, descendants included
   * @param children of each shard, as the stream lists them
   * @throws LakeException if the logs cannot be cut there, with the reason and the way out
   */
  public static RewindPlan of(
      Map<ShardId, ShardHistory> histories,
      Map<ShardId, Set<ShardId>> children,
      Criterion criterion) {
    return new Planning(histories, children).plan(criterion);
  }

  /** One planning. */
  private static final class Planning {
    private final Map<ShardId, ShardHistory> histories;
    private final Map<ShardId, Set<ShardId>> children;

    /** Parents before their children. */
    private final Map<ShardId, Cut> cuts = new LinkedHashMap<>();

    Planning(Map<ShardId, ShardHistory> histories, Map<ShardId, Set<ShardId>> children) {
      this.histories = histories;
      this.children = children;
    }

    RewindPlan plan(Criterion criterion) {
      criterion
          .lastKept()
          .filter(id -> histories.values().stream().noneMatch(log -> indexOf(log, criterion) >= 0))
          .ifPresent(
              id -> {
                throw new LakeException(
                    "No log that can be taken back has the commit "
                        + id
                        + "; the view <table>_commits lists them");
              });
      for (ShardHistory history : histories.values()) {
        if (criterion.only().filter(shard -> !shard.equals(history.shard().shard())).isEmpty()) {
          int kept = kept(history, criterion);
          if (kept < history.live().size()) {
            cut(history, kept, Optional.empty(), Instant.EPOCH);
          }
        }
      }
      List<Cut> leavesFirst = new ArrayList<>(cuts.values());
      Collections.reverse(leavesFirst);
      return new RewindPlan(leavesFirst);
    }

    private static int kept(ShardHistory history, Criterion criterion) {
      List<Entry> live = history.live();
      int kept = live.size();
      int last = indexOf(history, criterion);
      if (last >= 0) {
        kept = last + 1;
      }
      for (int i = 0; i < kept; i++) {
        Entry entry = live.get(i);
        if (criterion
            .from()
            .filter(from -> entry.span().filter(span -> !span.to().isBefore(from)).isPresent())
            .isPresent()) {
          kept = i;
        }
      }
      // A gap has nothing that could be read again; right behind what is kept it may stay.
      while (kept < live.size() && live.get(kept).gap().isPresent()) {
        kept++;
      }
      return kept;
    }

    private static int indexOf(ShardHistory history, Criterion criterion) {
      for (int i = 0; i < history.live().size(); i++) {
        if (criterion.lastKept().filter(history.live().get(i).id()::equals).isPresent()) {
          return i;
        }
      }
      return -1;
    }

    private void cut(ShardHistory history, int kept, Optional<ShardId> parent, Instant latest) {
      ShardId shard = history.shard().shard();
      Cut before = cuts.get(shard);
      if (before != null && before.kept() <= kept && before.parent().equals(parent)) {
        return;
      }
      Optional<ShardId> continued =
          history.live().stream().findFirst().flatMap(Entry::parent).or(() -> parent);
      Cut cut = new Cut(history, kept, continued, latest);
      cut.tail().stream()
          .filter(entry -> entry.gap().isPresent())
          .findFirst()
          .ifPresent(entry -> refuse(history, entry));
      cuts.remove(shard);
      cuts.put(shard, cut);
      if (cut.tail().stream().anyMatch(Entry::ends)) {
        for (ShardHistory child : childrenOf(shard)) {
          cut(child, 0, Optional.of(shard), cut.latestKept());
        }
      }
    }

    private List<ShardHistory> childrenOf(ShardId shard) {
      Set<ShardId> listed = children.getOrDefault(shard, Set.of());
      return histories.values().stream()
          .filter(
              log ->
                  listed.contains(log.shard().shard())
                      || log.live().stream()
                          .anyMatch(entry -> entry.parent().filter(shard::equals).isPresent()))
          .toList();
    }

    private static void refuse(ShardHistory history, Entry gap) {
      throw new LakeException(
          "The log of "
              + history.shard()
              + " has a gap after "
              + gap.after()
              + " (commit "
              + gap.id()
              + "), which is behind what would be read again: what the stream had lost there it has"
              + " not regained, and of what came before the gap it has lost more since. Go back to"
              + " a point behind "
              + gap.gap().orElseThrow().until()
              + "; 'afterbay heal' fills the gap from exports");
    }
  }
}
