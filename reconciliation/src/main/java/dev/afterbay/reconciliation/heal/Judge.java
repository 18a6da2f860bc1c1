package dev.afterbay.reconciliation.heal;

import dev.afterbay.reconciliation.heal.Traces.Line;
import dev.afterbay.reconciliation.heal.Traces.Row;
import dev.afterbay.reconciliation.heal.Traces.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which rows a key needs. Pure.
 *
 * <p>Notation: w0 and w1 are the beginning of the first window and the end of the last. Between two
 * records of the stream that the lake has of a key, b and a, either of which may be missing, lie
 * those gaps that a key may have been in on its way from b's shard to a's.
 *
 * <ol>
 *   <li>The truth at the gaps' end is what a says was there before it. Without a it is what the
 *       last line says; without any line, what was there at w0, for net nothing has happened since:
 *       no item, if the key was written in the windows.
 *   <li>The lake tells what its newest row before a says; without any, what was there at w0, which
 *       an older row tells.
 *   <li>If they differ, a row is missing. It goes to the gap in which the last write was; if the
 *       gaps are in shards of which the key can have been in one only, to the one that comes first
 *       in order: so no record of the key that is still to come can stand before it.
 * </ol>
 */
final class Judge {
  private final List<GapSite> gaps;
  private final Lineages lineages;
  private final Instant w0;
  private final Instant w1;
  private final boolean allRows;

  /**
   * A judge of the keys of one cluster.
   *
   * @param gaps that are not healed
   * @param allRows whether the rows of every key go back to its first one
   */
  Judge(List<GapSite> gaps, Lineages lineages, Instant w0, Instant w1, boolean allRows) {
    this.gaps = gaps.stream().sorted(Comparator.comparing(GapSite::spot)).toList();
    this.lineages = lineages;
    this.w0 = w0;
    this.w1 = w1;
    this.allRows = allRows;
  }

  List<Finding> judge(Traces key) {
    List<Row> told = key.rows().stream().filter(Row::told).toList();
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i <= told.size(); i++) {
      Row before = i == 0 ? null : told.get(i - 1);
      Row after = i == told.size() ? null : told.get(i);
      List<GapSite> between = between(before, after);
      if (!between.isEmpty()) {
        finding(key, told, before, after, between).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private Optional<Finding> finding(
      Traces key,
      List<Row> told,
      @Nullable Row before,
      @Nullable Row after,
      List<GapSite> between) {
    Optional<State> truth =
        after != null
            ? Optional.of(after.before())
            : key.lastLine().map(Line::after).or(() -> atBeginning(told, before));
    if (truth.isEmpty()) {
      return Optional.empty();
    }
    Optional<State> known =
        newest(key, before, after).map(Row::after).or(() -> key.firstLine().map(Line::before));
    if (known.isEmpty() && after != null) {
      // Without line, nothing has happened to it in the windows: what it was at w1, it was at w0.
      known = lastIn(told).map(Row::after);
      if (known.isEmpty()) {
        return Optional.empty();
      }
    }
    if (Objects.equals(known.map(State::digest).orElse(null), truth.get().digest())) {
      return Optional.empty();
    }
    if (after == null && before == null && !allRows && !isPath(between)) {
      return Optional.of(new Finding.Unplaced());
    }
    Optional<Instant> written = written(key, after, truth.get());
    GapSite gap = chosen(between, before, after, written);
    if (after == null && key.lines().isEmpty() && (before == null || !isWritten(before))) {
      return Optional.of(new Finding.Uncertain(gap));
    }
    return Optional.of(
        new Finding.Changed(gap, time(gap, between, after, written), known, truth.get()));
  }

  private List<GapSite> between(@Nullable Row before, @Nullable Row after) {
    return gaps.stream()
        .filter(
            gap ->
                before == null
                    || !before.spot().isAfter(gap.spot())
                        && !before.time().isAfter(gap.until())
                        && lineages.leads(before.shard(), gap))
        .filter(
            gap ->
                after == null
                    || after.spot().isAfter(gap.spot())
                        && !after.time().isBefore(gap.from())
                        && lineages.leads(gap, after.shard()))
        .toList();
  }

  /** What the lake holds last before a record, whoever told it. */
  private static Optional<Row> newest(Traces key, @Nullable Row before, @Nullable Row after) {
    int from = before == null ? 0 : key.rows().indexOf(before);
    int to = after == null ? key.rows().size() : key.rows().indexOf(after);
    return from < to ? Optional.of(key.rows().get(to - 1)) : Optional.empty();
  }

  private Optional<Row> lastIn(List<Row> told) {
    return told.stream()
        .filter(row -> !row.time().isBefore(w0) && row.time().isBefore(w1))
        .reduce((earlier, later) -> later);
  }

  /** The state at w0; of a key without row in the windows nothing need be known. */
  private Optional<State> atBeginning(List<Row> told, @Nullable Row before) {
    if (before == null || before.time().isBefore(w0)) {
      return Optional.empty();
    }
    return isWritten(before) ? Optional.of(State.NOTHING) : firstIn(told).map(Row::before);
  }

  private Optional<Row> firstIn(List<Row> told) {
    return told.stream().filter(row -> !row.time().isBefore(w0)).findFirst();
  }

  /**
   * Whether a row in the windows was written in them. If it was, and there is no line, there was no
   * item at w0, whatever was lost between w0 and the row.
   */
  private boolean isWritten(Row row) {
    return !row.time().isBefore(w0.plus(Windows.LATENESS));
  }

  /** The moment of the last write, if it is the one that led to the truth. */
  private static Optional<Instant> written(Traces key, @Nullable Row after, State truth) {
    return key.lastLine()
        .filter(
            line ->
                after == null
                    || Objects.equals(line.newDigest(), truth.digest())
                        && !line.writtenAt().isAfter(after.time()))
        .map(Line::writtenAt);
  }

  private GapSite chosen(
      List<GapSite> between, @Nullable Row before, @Nullable Row after, Optional<Instant> written) {
    List<GapSite> pool = between;
    if (after == null) {
      List<GapSite> own =
          between.stream()
              .filter(gap -> before != null && gap.gap().shard().equals(before.shard()))
              .toList();
      pool = !own.isEmpty() ? own : isPath(between) ? between : between.subList(0, 1);
    }
    List<GapSite> possible = pool;
    return written
        .flatMap(at -> possible.stream().filter(gap -> gap.spans(at)).reduce((one, next) -> next))
        .orElse(pool.get(pool.size() - 1));
  }

  /** Whether a key may have been in all of them, one after the other. */
  private boolean isPath(List<GapSite> between) {
    for (int i = 1; i < between.size(); i++) {
      if (!lineages.leads(between.get(i - 1), between.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static Instant time(
      GapSite chosen, List<GapSite> between, @Nullable Row after, Optional<Instant> written) {
    Instant time =
        written
            .filter(at -> between.stream().anyMatch(gap -> gap.spans(at)))
            .orElse(chosen.until());
    if (chosen.spans(time) && time.isAfter(chosen.until())) {
      time = chosen.until();
    }
    return after != null && time.isAfter(after.time()) ? after.time() : time;
  }
}
