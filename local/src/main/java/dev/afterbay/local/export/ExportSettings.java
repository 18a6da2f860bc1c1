package dev.afterbay.local.export;

import java.time.Duration;

/**
 * How the export stand-in behaves where AWS leaves it open.
 *
 * @param takes how long an export is in progress at least
 * @param files among how many data files the items are spread; some may be empty, as on AWS
 * @param restorable how long before now the earliest restorable time lies, however young the table
 *     is: as if point-in-time recovery had long been on
 */
public record ExportSettings(Duration takes, int files, Duration restorable) {
  /** Half a second, four files, and the 35 days that AWS keeps at most. */
  public static final ExportSettings ORDINARY =
      new ExportSettings(Duration.ofMillis(500), 4, Duration.ofDays(35));

  /** Checks that there is a file and that no duration is negative. */
  public ExportSettings {
    if (files < 1) {
      throw new IllegalArgumentException("An export has at least one file, not " + files);
    }
    if (takes.isNegative() || restorable.isNegative()) {
      throw new IllegalArgumentException(
          "Durations are not negative: %s, %s".formatted(takes, restorable));
    }
  }

  /** The same with exports that take another time. */
  public ExportSettings taking(Duration duration) {
    return new ExportSettings(duration, files, restorable);
  }

  /** The same with another number of data files. */
  public ExportSettings inFiles(int count) {
    return new ExportSettings(takes, count, restorable);
  }

  /** The same with another earliest restorable time, told as a duration before now. */
  public ExportSettings restorableFor(Duration duration) {
    return new ExportSettings(takes, files, duration);
  }
}
