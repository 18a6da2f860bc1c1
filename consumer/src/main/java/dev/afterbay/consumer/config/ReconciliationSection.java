package dev.afterbay.consumer.config;

import dev.afterbay.consumer.config.ReconciliationConfig.Healing;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The keys {@code exports}, {@code audit} and {@code heal} of a configuration file. */
final class ReconciliationSection {
  private static final Map<String, Healing> HEALINGS =
      new TreeMap<>(Map.of("auto", Healing.AUTO, "manual", Healing.MANUAL));

  private final Section root;

  ReconciliationSection(Section root) {
    this.root = root;
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
    Healing healing = root.value("heal", Healing.AUTO, Values.choice(HEALINGS));
    return new ReconciliationConfig(exports, every, healing);
  }
}
