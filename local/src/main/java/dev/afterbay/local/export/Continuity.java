package dev.afterbay.local.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/** Point-in-time recovery of tables: off for each new one, as on AWS, until it is switched on. */
final class Continuity {
  private static final String STATUS = "PointInTimeRecoveryStatus";

  private final Set<String> on = new HashSet<>();
  private final Duration restorable;
  private final InstantSource clock;

  Continuity(Duration restorable, InstantSource clock) {
    this.restorable = restorable;
    this.clock = clock;
  }

  synchronized void set(ExportedTable table, JsonNode asked) {
    JsonNode wanted =
        asked.path("PointInTimeRecoverySpecification").path("PointInTimeRecoveryEnabled");
    if (!wanted.isBoolean()) {
      throw RefusedExportException.invalid("PointInTimeRecoveryEnabled is missing");
    }
    if (wanted.asBoolean()) {
      on.add(table.id());
    } else {
      on.remove(table.id());
    }
  }

  synchronized boolean on(ExportedTable table) {
    return on.contains(table.id());
  }

  Instant earliest() {
    return Instant.ofEpochSecond(latest().minus(restorable).getEpochSecond());
  }

  /** Now; on AWS some minutes earlier, though exports of later times are taken there too. */
  Instant latest() {
    return clock.instant();
  }

  ObjectNode description(ExportedTable table) {
    ObjectNode body = ExportJson.object();
    ObjectNode backups = body.putObject("ContinuousBackupsDescription");
    backups.put("ContinuousBackupsStatus", "ENABLED");
    ObjectNode recovery = backups.putObject("PointInTimeRecoveryDescription");
    if (on(table)) {
      recovery
          .put(STATUS, "ENABLED")
          .put("EarliestRestorableDateTime", ExportJson.seconds(earliest()))
          .put("LatestRestorableDateTime", ExportJson.seconds(latest()))
          .put("RecoveryPeriodInDays", 35);
    } else {
      recovery.put(STATUS, "DISABLED");
    }
    return body;
  }
}
