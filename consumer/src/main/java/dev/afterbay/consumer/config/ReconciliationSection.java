package dev.afterbay.consumer.config;

import dev.afterbay.consumer.config.ReconciliationConfig.Engine;
import dev.afterbay.consumer.config.ReconciliationConfig.Healing;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The keys {@code exports}, {@code audit} and {@code heal} of a configuration file. */
final class ReconciliationSection {
  private static final Map<String, Engine> ENGINES =
      new TreeMap<>(Map.of("athena", Engine.ATHENA, "duckdb", Engine.DUCKDB));
  private static final Map<String, Healing> HEALINGS =
      new TreeMap<>(Map.of("auto", Healing.AUTO, "manual", Healing.MANUAL));

  private final Section root;
  private final CatalogConfig catalog;

  ReconciliationSection(Section root, CatalogConfig catalog) {
    this.root = root;
    this.catalog = catalog;
  }

  /** What the file says; of a file without lake, whose mistake is known by now, anything. */
  ReconciliationConfig read(Optional<LakeLocation> lake) {
    LakeLocation fallback =
        ReconciliationConfig.besideTheLake(lake.orElse(new LakeLocation("unknown", "")));
    LakeLocation exports = root.value("exports", fallback, LakeLocation::parse);
    Section audit = root.section("audit");
    // An export is to the second, and a whole one takes minutes; a year is as good as never.
    Optional<Duration> every =
        audit.optional("every", Values.duration(Duration.ofMinutes(15), Duration.ofDays(366)));
    Engine engine = audit.value("engine", Engine.DUCKDB, Values.choice(ENGINES));
    if (engine == Engine.ATHENA && !hasAthena()) {
      audit.problem(
          "engine",
          "there is no Athena in this configuration; write 'catalog: glue', or 'engine: duckdb'");
    }
    Healing healing = root.value("heal", Healing.AUTO, Values.choice(HEALINGS));
    return new ReconciliationConfig(exports, every, engine, healing);
  }

  private boolean hasAthena() {
    return catalog instanceof CatalogConfig.Glue glue && glue.athena().isPresent();
  }
}
