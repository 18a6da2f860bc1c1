package dev.afterbay.sinks.segment;

import dev.afterbay.transforms.change.ChangeColumn;
import dev.afterbay.transforms.toavro.AuditTable;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.HealingTable;
import dev.afterbay.transforms.toavro.QuarantineTable;
import dev.afterbay.transforms.typed.EntitySchema;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * One table of the lake that rows go to, at one version of its schema.
 *
 * @param folder the table's folder under that of its source table, such as {@code changes}
 * @param schema of its rows
 * @param schemaVersion of that schema; 1 for the first
 * @param plainColumns columns whose values hardly repeat, written without a dictionary
 * @param partitioning how its files are told apart by time
 * @param beside the schema versions of the tables, by their folders, that the same records have
 *     rows of if they belong there; so an entry of the log says of each whether its records were
 *     looked at for it, even if none has a row there
 */
public record LakeTable(
    String folder,
    Schema schema,
    int schemaVersion,
    Set<String> plainColumns,
    Partitioning partitioning,
    Map<String, Integer> beside) {
  /** The folder of the raw changes. */
  public static final String CHANGES = "changes";

  /** The folder of the records that could not be decoded or encoded. */
  public static final String QUARANTINE = "quarantine";

  /** The folder of what is known to be missing. */
  public static final String GAPS = "gaps";

  /** The folder of exported items, raw. */
  public static final String SNAPSHOTS = "snapshots";

  /** What the folder of an entity's exported items ends with. */
  public static final String SNAPSHOTS_ENDING = "_snapshots";

  /** The folder of what audits found. */
  public static final String AUDITS = "audits";

  /** The folder of what is known of healed gaps. */
  public static final String HEALINGS = "healings";

  /** The folders of which each record of a log has one row, in one of them. */
  public static final List<String> OF_RECORDS =
      List.of(CHANGES, QUARANTINE, SNAPSHOTS, AUDITS, HEALINGS);

  /** How the files of a table are told apart by time, which is UTC. */
  public enum Partitioning {
    /** {@code dt=2026-11-21/hh=05}: for a table that every change adds to. */
    BY_HOUR,
    /** {@code dt=2026-11-21}: for a table of rare rows. */
    BY_DAY,
    /** {@code snapshot=20261121T050000Z}: for items as they were at one moment. */
    BY_SNAPSHOT
  }

  private static final Set<String> CHANGES_PLAIN =
      Set.of(
          ChangeColumn.CDC_SEQ.columnName(),
          ChangeColumn.CDC_EVENT_ID.columnName(),
          ChangeColumn.CDC_DIGEST.columnName(),
          ChangeColumn.CDC_OLD_DIGEST.columnName(),
          ChangeColumn.NEW_IMAGE.columnName(),
          ChangeColumn.OLD_IMAGE.columnName());

  private static final Set<String> TYPED_PLAIN =
      Set.of(
          ChangeColumn.CDC_SEQ.columnName(),
          ChangeColumn.CDC_EVENT_ID.columnName(),
          ChangeColumn.CDC_DIGEST.columnName(),
          ChangeColumn.CDC_OLD_DIGEST.columnName(),
          EntitySchema.CDC_KEY,
          EntitySchema.CDC_EXTRA);

  private static final LakeTable QUARANTINED =
      new LakeTable(
          QUARANTINE,
          QuarantineTable.schema(),
          1,
          Set.of(QuarantineTable.CDC_SEQ, QuarantineTable.CDC_EVENT_ID, QuarantineTable.RECORD),
          Partitioning.BY_DAY);

  private static final LakeTable AUDITED =
      new LakeTable(AUDITS, AuditTable.schema(), 1, Set.of(), Partitioning.BY_DAY);

  private static final LakeTable HEALED =
      new LakeTable(HEALINGS, HealingTable.schema(), 1, Set.of(), Partitioning.BY_DAY);

  /** Checks the folder's name. */
  public LakeTable {
    if (!folder.matches("[a-z0-9][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "Not a table folder: '" + folder + "' (lower case letters, digits and '_')");
    }
    plainColumns = Set.copyOf(plainColumns);
    beside = Map.copyOf(beside);
  }

  /** A table whose records are looked at for no other. */
  public LakeTable(
      String folder,
      Schema schema,
      int schemaVersion,
      Set<String> plainColumns,
      Partitioning partitioning) {
    this(folder, schema, schemaVersion, plainColumns, partitioning, Map.of());
  }

  /** This table, whose records are looked at for others as well. */
  public LakeTable withBeside(List<LakeTable> others) {
    Map<String, Integer> versions = new TreeMap<>();
    others.forEach(other -> versions.put(other.folder(), other.schemaVersion()));
    return new LakeTable(folder, schema, schemaVersion, plainColumns, partitioning, versions);
  }

  /** The columns of tables of any kind whose values hardly repeat. */
  public static Set<String> allPlainColumns() {
    Set<String> columns = new HashSet<>(CHANGES_PLAIN);
    columns.addAll(TYPED_PLAIN);
    columns.addAll(QUARANTINED.plainColumns());
    return columns;
  }

  /** The raw changes of a source table. */
  public static LakeTable changes(ChangesTable table) {
    return new LakeTable(CHANGES, table.schema(), 1, CHANGES_PLAIN, Partitioning.BY_HOUR);
  }

  /** The typed table of an entity. */
  public static LakeTable typed(String entity, EntitySchema schema) {
    return new LakeTable(
        entity, schema.avro(), schema.version(), TYPED_PLAIN, Partitioning.BY_HOUR);
  }

  /** The exported items of a source table. */
  public static LakeTable snapshots(ChangesTable table) {
    return new LakeTable(SNAPSHOTS, table.schema(), 1, CHANGES_PLAIN, Partitioning.BY_SNAPSHOT);
  }

  /** The exported items of an entity. */
  public static LakeTable typedSnapshots(String entity, EntitySchema schema) {
    return new LakeTable(
        entity + SNAPSHOTS_ENDING,
        schema.avro(),
        schema.version(),
        TYPED_PLAIN,
        Partitioning.BY_SNAPSHOT);
  }

  /** The records of any source table that could not become changes. */
  public static LakeTable quarantine() {
    return QUARANTINED;
  }

  /** What audits of any source table found. */
  public static LakeTable audits() {
    return AUDITED;
  }

  /** The healed gaps of any source table. */
  public static LakeTable healings() {
    return HEALED;
  }
}
