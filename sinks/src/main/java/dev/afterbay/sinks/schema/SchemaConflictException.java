package dev.afterbay.sinks.schema;

import java.util.List;

/** Declared columns that the lake has already, and otherwise. Nothing was written. */
public final class SchemaConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> conflicts;

  SchemaConflictException(List<String> conflicts) {
    super(String.join("; ", conflicts));
    this.conflicts = List.copyOf(conflicts);
  }

  /** A sentence for each column, with the way out. */
  public List<String> conflicts() {
    return conflicts;
  }
}
