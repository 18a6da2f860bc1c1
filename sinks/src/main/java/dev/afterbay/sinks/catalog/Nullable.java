package dev.afterbay.sinks.catalog;

import org.apache.avro.Schema;

/** Avro's way to say that a value may be missing. */
final class Nullable {
  private Nullable() {}

  /** The type of the values that are there. */
  static Schema value(Schema type) {
    return type.getType() == Schema.Type.UNION
        ? type.getTypes().stream()
            .filter(branch -> branch.getType() != Schema.Type.NULL)
            .findFirst()
            .orElseThrow()
        : type;
  }
}
