package dev.afterbay.consumer.config;

import dev.afterbay.consumer.config.ReconciliationConfig.AuditEngine;
import dev.afterbay.consumer.config.ReconciliationConfig.Healing;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The keys {@code exports}, {@code audit} and {@code heal} of a configuration file. */
final class ReconciliationSection {
  private static final Map<String, Healing> HEALINGS =
      new TreeMap<>(Map.of("auto", Healing.AUTO, "manual", Healing.MANUAL));

  private static final Map<String, AuditEngine> ENGINES =
      new TreeMap<>(Map.of("duckdb", AuditEngine.DUCKDB, "athena", AuditEngine.ATHENA));

  /** An export is to the second, and a whole one takes minutes; a local one is there at once. */
  private static final Duration SHORTEST = Duration.ofMinutes(15);

  private static final Duration SHORTEST_LOCAL = Duration.ofSeconds(1);

  /** As good as never. */
  private static final Duration LONGEST = Duration.ofDays(366);

  private final Section root;
  private final Endpoints endpoints;

  ReconciliationSection(Section root, Endpoints endpoints) {
    this.root = root;
    this.endpoints = endpoints;
  }

  /**
   * What the file says; of a file without lake, whose mistake is known by now, anything.
   *
   * @param catalog what the file says of it
   */
  ReconciliationConfig read(Optional<LakeLocation> lake, CatalogConfig catalog) {
    LakeLocation fallback =
        ReconciliationConfig.besideTheLake(lake.orElse(new LakeLocation("unknown", "")));
    LakeLocation exports = root.value("exports", fallback, LakeLocation::parse);
    Section audit = root.section("audit");
    Optional<Duration> every =
        audit.optional(
            "every", Values.duration(endpoints.local() ? SHORTEST_LOCAL : SHORTEST, LONGEST));
    AuditEngine engine = audit.value("engine", AuditEngine.DUCKDB, Values.choice(ENGINES));
    if (engine == AuditEngine.ATHENA && catalog.athena().isEmpty()) {
      audit.problem("engine", ReconciliationConfig.WITHOUT_ATHENA);
    }
    Healing healing = root.value("heal", Healing.AUTO, Values.choice(HEALINGS));
    return new ReconciliationConfig(exports, every, engine, healing);
  }
}
