package dev.afterbay.sinks.catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * An export that states start from, so that what they read does not grow with the history. Its rows
 * have the {@code cdc_stream} of nothing: they are older than every change. A change counts beside
 * them if it is later than five minutes before the export.
 *
 * @param table of snapshots, with the columns of the versioned table
 * @param snapshot which of them: the value of its partition column {@code snapshot}
 * @param exportedAt the export's point in time
 */
record BaseSnapshot(String table, String snapshot, Instant exportedAt) {
  private static final Duration OVERLAP = Duration.ofMinutes(5);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("'TIMESTAMP '''uuuu-MM-dd HH:mm:ss''", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("''uuuu-MM-dd''", Locale.ROOT).withZone(ZoneOffset.UTC);

  String partition() {
    return "snapshot = " + SqlName.text(snapshot);
  }

  String exportedTime() {
    return TIME.format(exportedAt);
  }

  String firstTime() {
    return TIME.format(exportedAt.minus(OVERLAP));
  }

  String firstDay() {
    return DAY.format(exportedAt.minus(OVERLAP));
  }
}
