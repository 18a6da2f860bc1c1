package dev.afterbay.sinks.segment;

import dev.afterbay.transforms.change.ChangeColumn;
import dev.afterbay.transforms.toavro.ChangesTable;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * One table of the lake that rows go to, at one version of its schema.
 *
 * @param folder the table's folder under that of its source table, such as {@code changes}
 * @param schema of its rows
 * @param schemaVersion of that schema; 1 for the first
 * @param plainColumns columns whose values hardly repeat, written without a dictionary
 */
public record LakeTable(String folder, Schema schema, int schemaVersion, Set<String> plainColumns) {
  /** The folder of the raw changes. */
  public static final String CHANGES = "changes";

  private static final Set<String> CHANGES_PLAIN =
      Set.of(
          ChangeColumn.CDC_SEQ.columnName(),
          ChangeColumn.CDC_EVENT_ID.columnName(),
          ChangeColumn.CDC_DIGEST.columnName(),
          ChangeColumn.CDC_OLD_DIGEST.columnName(),
          ChangeColumn.NEW_IMAGE.columnName(),
          ChangeColumn.OLD_IMAGE.columnName());

  /** Checks the folder's name. */
  public LakeTable {
    if (!folder.matches("[a-z0-9][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "Not a table folder: '" + folder + "' (lower case letters, digits and '_')");
    }
    plainColumns = Set.copyOf(plainColumns);
  }

  /** The raw changes of a source table. */
  public static LakeTable changes(ChangesTable table) {
    return new LakeTable(CHANGES, table.schema(), 1, CHANGES_PLAIN);
  }
}
