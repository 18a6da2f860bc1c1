package dev.afterbay.local.export;

import java.util.Optional;

/** The tables that can be exported. */
@FunctionalInterface
public interface ExportedTables {
  /** The table of this name or ARN, if it exists now. */
  Optional<ExportedTable> find(String nameOrArn);
}
