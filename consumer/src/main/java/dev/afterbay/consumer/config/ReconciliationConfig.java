package dev.afterbay.consumer.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What exports of the source tables are used for, and where they go.
 *
 * @param exports where they are written: another place than the lake's data, which an operator may
 *     empty at any time
 * @param auditEvery how often running workers audit each table; empty for never
 * @param auditEngine what compares
 * @param healing who heals gaps
 */
public record ReconciliationConfig(
    LakeLocation exports, Optional<Duration> auditEvery, AuditEngine auditEngine, Healing healing) {
  /** Why audits cannot be by Athena, with the way out. */
  public static final String WITHOUT_ATHENA =
      "audits by Athena need the tables in a catalog and a workgroup; write for example"
          + " 'catalog: glue', with 'views: athena' if it is a mapping, or audit with engine duckdb";

  /** What compares an export with the lake. */
  public enum AuditEngine {
    /** DuckDB, in the process that audits. */
    DUCKDB,
    /** Athena, over the tables of the catalog. */
    ATHENA
  }

  /** Who heals. */
  public enum Healing {
    /** The workers, soon after a gap was recorded. */
    AUTO,
    /** Whoever calls {@code afterbay heal}. */
    MANUAL
  }

  /** What a file without these keys says: exports beside the lake, no audits, healing by itself. */
  public static ReconciliationConfig of(LakeLocation lake) {
    return new ReconciliationConfig(
        besideTheLake(lake), Optional.empty(), AuditEngine.DUCKDB, Healing.AUTO);
  }

  static LakeLocation besideTheLake(LakeLocation lake) {
    String prefix = lake.prefix().isEmpty() ? "" : lake.prefix() + "/";
    return new LakeLocation(lake.bucket(), prefix + "_afterbay/exports");
  }
}
