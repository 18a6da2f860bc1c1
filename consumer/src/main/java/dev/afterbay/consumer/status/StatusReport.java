package dev.afterbay.consumer.status;

import dev.afterbay.consumer.config.LakeLocation;
import java.time.Instant;
import java.util.List;

/**
 * How far the lake is.
 *
 * @param application the configured application
 * @param lake where the lake is
 * @param at when the report was made
 * @param tables in the order of the configuration
 * @param notes what could not be found out, in sentences
 */
public record StatusReport(
    String application,
    LakeLocation lake,
    Instant at,
    List<TableStatus> tables,
    List<String> notes) {
  /** Copies the lists. */
  public StatusReport {
    tables = List.copyOf(tables);
    notes = List.copyOf(notes);
  }
}
