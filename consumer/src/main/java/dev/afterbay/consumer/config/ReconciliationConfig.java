package dev.afterbay.consumer.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What exports of the source tables are used for, and where they go.
 *
 * @param exports where they are written: another place than the lake's data, which an operator may
 *     empty at any time
 * @param auditEvery how often running workers audit each table; empty for never
 * @param healing who heals gaps
 */
public record ReconciliationConfig(
    LakeLocation exports, Optional<Duration> auditEvery, Healing healing) {
  /** Who heals. */
  public enum Healing {
    /** The workers, soon after a gap was recorded. */
    AUTO,
    /** Whoever calls {@code afterbay heal}. */
    MANUAL
  }

  /** What a file without these keys says: exports beside the lake, no audits, healing by itself. */
  public static ReconciliationConfig of(LakeLocation lake) {
    return new ReconciliationConfig(besideTheLake(lake), Optional.empty(), Healing.AUTO);
  }

  static LakeLocation besideTheLake(LakeLocation lake) {
    String prefix = lake.prefix().isEmpty() ? "" : lake.prefix() + "/";
    return new LakeLocation(lake.bucket(), prefix + "_afterbay/exports");
  }
}
