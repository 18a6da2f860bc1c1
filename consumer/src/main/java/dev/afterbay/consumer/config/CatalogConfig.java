package dev.afterbay.consumer.config;

import java.util.Optional;

/** Which catalog holds the tables of the lake. */
public sealed interface CatalogConfig {
  /** How Athena is asked; empty if it is not. */
  Optional<Athena> athena();

  /** None: the lake alone. */
  record None() implements CatalogConfig {
    @Override
    public Optional<Athena> athena() {
      return Optional.empty();
    }
  }

  /**
   * Glue's.
   *
   * @param database of the tables
   * @param athena which makes the views; empty for tables alone
   */
  record Glue(String database, Optional<Athena> athena) implements CatalogConfig {}

  /**
   * How Athena is asked.
   *
   * @param workgroup that runs the statements and keeps the prepared ones
   * @param results where it leaves what comes of them; empty if the workgroup has a place for that
   */
  record Athena(String workgroup, Optional<LakeLocation> results) {}
}
