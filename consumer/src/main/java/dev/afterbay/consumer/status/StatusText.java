package dev.afterbay.consumer.status;

import dev.afterbay.reconciliation.audit.AuditSummary;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The report for a person. */
public final class StatusText {
  private static final String UNKNOWN = "-";
  private static final List<String> HEADER =
      List.of("SHARD", "STATE", "POSITION", "RECORDS", "COMMITS", "LAST COMMIT", "LAG", "OWNER");

  private StatusText() {}

  /** Prints the tables, one after the other. */
  public static void print(StatusReport report, PrintWriter out) {
    out.println(report.application() + " in " + report.lake() + " at " + seconds(report.at()));
    for (TableStatus table : report.tables()) {
      out.println();
      print(table, out);
    }
    if (!report.notes().isEmpty()) {
      out.println();
      report.notes().forEach(note -> out.println("Note: " + note));
    }
    out.flush();
  }

  private static void print(TableStatus table, PrintWriter out) {
    out.println(
        table.table()
            + ": complete at "
            + table.completeAt().map(StatusText::seconds).orElse("(not known yet)")
            + ", "
            + count(table.records(), "record")
            + " in "
            + count(table.commits(), "commit")
            + ", "
            + count(table.gaps().size(), "gap"));
    table.audit().ifPresent(audit -> print(audit, out));
    printGaps(table, out);
    TalliesText.print(table.tallies(), out);
    if (table.shards().isEmpty()) {
      out.println("  nothing is committed yet, and no worker holds a shard");
      return;
    }
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADER);
    table.shards().forEach(shard -> lines.add(cells(shard)));
    int[] widths = new int[HEADER.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    String stream = "";
    for (int i = 0; i < lines.size(); i++) {
      String label = i == 0 ? "" : label(table.shards().get(i - 1));
      if (!label.equals(stream)) {
        out.println("  stream " + label);
        stream = label;
      }
      out.println("  " + aligned(lines.get(i), widths));
    }
  }

  private static void print(AuditSummary audit, PrintWriter out) {
    out.println(
        "  audit at %s: %s, drift %d (missing %d, stale %d, phantom %d)"
            .formatted(
                audit.at(),
                count(audit.items(), "item"),
                audit.drift(),
                audit.missing(),
                audit.stale(),
                audit.phantom()));
  }

  private static void printGaps(TableStatus table, PrintWriter out) {
    table
        .gaps()
        .forEach(
            gap ->
                out.println(
                    (table.openGaps().contains(gap) ? "  open gap " : "  healed gap ")
                        + gap.gap().reason()
                        + " from "
                        + seconds(gap.gap().from())
                        + " to "
                        + seconds(gap.gap().until())
                        + " in "
                        + gap.shard().stream()
                        + "/"
                        + gap.shard().shard()
                        + ": "
                        + gap.gap().detail()));
  }

  private static String label(ShardProgress shard) {
    return shard.stream().map(Object::toString).orElse("(no commit yet)");
  }

  private static List<String> cells(ShardProgress shard) {
    return List.of(
        shard.shard().value(),
        shard.ended() ? "closed" : "open",
        shard.position().map(position -> withoutPadding(position.padded())).orElse(UNKNOWN),
        Long.toString(shard.records()),
        Long.toString(shard.commits()),
        shard.committedAt().map(StatusText::seconds).orElse(UNKNOWN),
        shard.lag().map(StatusText::spell).orElse(UNKNOWN),
        shard.owner().orElse(UNKNOWN));
  }

  private static String aligned(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }

  private static String withoutPadding(String digits) {
    return digits.replaceFirst("^0+(?=.)", "");
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** A duration at the two largest units that matter, such as {@code 3h12m}. */
  private static String spell(Duration duration) {
    Duration shown = duration.isNegative() ? Duration.ZERO : duration;
    if (shown.toHours() > 0) {
      return shown.toHours() + "h" + shown.toMinutesPart() + "m";
    }
    return shown.toMinutes() > 0
        ? shown.toMinutes() + "m" + shown.toSecondsPart() + "s"
        : shown.toSeconds() + "s";
  }

  private static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
