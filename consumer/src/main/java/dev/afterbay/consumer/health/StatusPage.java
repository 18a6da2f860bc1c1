package dev.afterbay.consumer.health;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The vitals as one HTML page that needs nothing else. */
final class StatusPage {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="refresh" content="10">
      <title>Afterbay</title>
      <style>
      :root { color-scheme: light dark; }
      body { font: 1rem/1.4 system-ui, sans-serif; margin: 1rem auto; padding: 0 1rem; max-width: 64rem; }
      table { border-collapse: collapse; width: 100%; }
      th, td { border-bottom: 1px solid GrayText; padding: .3rem 0 .3rem 1rem; text-align: right; }
      th:first-child, td:first-child { padding-left: 0; text-align: left; overflow-wrap: anywhere; }
      li { overflow-wrap: anywhere; }
      @media (max-width: 48rem) {
        thead { display: none; }
        tr { border-bottom: 1px solid GrayText; display: block; padding: .5rem 0; }
        td { border: 0; display: flex; justify-content: space-between; padding: 0; }
        td::before { content: attr(data-name); padding-right: 1rem; }
        td:first-child { display: block; }
      }
      </style>
      </head>
      <body>
      <h1>Afterbay</h1>
      """;

  private static final String COLUMNS =
      """
      <table>
      <thead><tr><th scope="col">Shard</th><th scope="col">In the lake up to</th>\
      <th scope="col">Lag</th><th scope="col">Last read</th><th scope="col">Caught up</th>\
      <th scope="col">Trimmed in</th><th scope="col">Records</th>\
      <th scope="col">Commits</th></tr></thead>
      <tbody>
      """;

  private StatusPage() {}

  static String of(VitalsSnapshot snapshot, HealthReport health) {
    String tables =
        snapshot.tables().stream()
            .map(table -> table(table, snapshot.now()))
            .collect(Collectors.joining());
    return HEAD
        + "<p>This process is <strong>%s</strong>. It started %s ago; this page is of %s.</p>\n"
            .formatted(
                health.status(), Elapsed.words(snapshot.age()), escaped(second(snapshot.now())))
        + reasons(health)
        + (tables.isEmpty() ? "<p>It works on no table yet.</p>\n" : tables)
        + "</body>\n</html>\n";
  }

  private static String reasons(HealthReport health) {
    return health.reasons().stream()
        .map(reason -> "<li>" + escaped(reason) + "</li>\n")
        .reduce(String::concat)
        .map(items -> "<ul>\n" + items + "</ul>\n")
        .orElse("");
  }

  private static String table(TableVitals table, Instant now) {
    Tally tally = table.tally();
    String heading =
        ("<h2>%s</h2>\n<p>Lag %s. In the lake since the start of this process: %s, %s, %s, %s."
                + " In quarantine: %s. Gaps: %s. Of no typed table: %s.</p>\n")
            .formatted(
                escaped(table.table().value()),
                words(table.lag(now)),
                counted(tally.records(), "record"),
                counted(tally.commits(), "commit"),
                counted(tally.files(), "file"),
                counted(tally.bytes(), "byte"),
                counted(tally.quarantined(), "record"),
                number(tally.gaps()),
                counted(tally.unrouted(), "record"));
    if (table.shards().isEmpty()) {
      return heading + "<p>This process reads none of its shards.</p>\n";
    }
    return heading
        + COLUMNS
        + table.shards().stream().map(s -> row(s, now)).collect(Collectors.joining())
        + "</tbody>\n</table>\n";
  }

  private static String row(ShardVitals shard, Instant now) {
    return "<tr>"
        + cell("Shard", shard.shard().stream() + " / " + shard.shard().shard())
        + cell("In the lake up to", shard.upTo().map(StatusPage::second).orElse("–"))
        + cell("Lag", words(shard.lag(now)))
        + cell("Last read", ago(shard.lastPoll(), now))
        + cell("Caught up", ago(shard.caughtUpAt(), now))
        + cell("Trimmed in", Elapsed.words(shard.untilTrimmed(now)))
        + cell("Records", number(shard.tally().records()))
        + cell("Commits", number(shard.tally().commits()))
        + "</tr>\n";
  }

  /** The name stands beside the value where there is no room for a heading. */
  private static String cell(String name, String value) {
    return "<td data-name=\"" + escaped(name) + "\">" + escaped(value) + "</td>";
  }

  private static String ago(Optional<Instant> time, Instant now) {
    return time.map(at -> Elapsed.words(Elapsed.between(at, now)) + " ago").orElse("–");
  }

  private static String words(Optional<Duration> duration) {
    return duration.map(Elapsed::words).orElse("–");
  }

  private static String second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String counted(long count, String thing) {
    return number(count) + " " + thing + (count == 1 ? "" : "s");
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** The text as it may stand between tags and in a quoted attribute. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
