package dev.afterbay.sinks.catalog;

import dev.afterbay.sinks.commit.GapsTable;
import dev.afterbay.sinks.generations.Generation;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.LakeTable.Partitioning;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.AuditTable;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.HealingTable;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.QuarantineTable;
import dev.afterbay.transforms.typed.EntitySchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** The tables of files of one source table. */
final class SourceTables {
  private static final Map<String, String> OURS =
      Map.ofEntries(
          Map.entry("gap_reason", "Why it is missing, such as TRIMMED"),
          Map.entry("gap_after", "Sequence number after which something is missing"),
          Map.entry("gap_before", "Sequence number before which it is missing; null if unknown"),
          Map.entry("gap_from", "Nothing older is missing, UTC"),
          Map.entry("gap_until", "Nothing newer is missing, UTC"),
          Map.entry("gap_detail", "What was found, in a sentence"),
          Map.entry("recorded_at", "When the gap was recorded, UTC"),
          Map.entry(AuditTable.AUDIT, "Name of the audit"),
          Map.entry(AuditTable.AUDITED_AT, "Moment of which lake and source were compared, UTC"),
          Map.entry(AuditTable.CDC_KEY, "Key of the item, DynamoDB JSON"),
          Map.entry(AuditTable.VERDICT, "How they differ: missing, stale or phantom"),
          Map.entry(AuditTable.LAKE_DIGEST, "Digest of the item in the lake; null if none is"),
          Map.entry(AuditTable.SOURCE_DIGEST, "Digest of the item in the source; null if none is"),
          Map.entry(AuditTable.FIRST_SEEN, "Moment of the first audit in a row that found it, UTC"),
          Map.entry(HealingTable.HEALED_AT, "When the gap was healed, UTC"),
          Map.entry(HealingTable.EXPORTS, "ARNs of the exports that told of it"),
          Map.entry(HealingTable.HEALED_ROWS, "How many items got a row"),
          Map.entry(HealingTable.LOST, "What is lost all the same, in a sentence"),
          Map.entry(QuarantineTable.REASON, "What was wrong with the record"),
          Map.entry(QuarantineTable.RECORD, "The record, JSON of the Streams protocol"));

  private static final Optional<Partitioning> HOURLY = Optional.of(Partitioning.BY_HOUR);

  /**
   * Rows of which nobody knows the time lie under 1970, and a projection that reached so far back
   * would have more days than such a table has rows: it is read as a whole.
   */
  private static final Optional<Partitioning> RARE = Optional.empty();

  private final TableName source;

  SourceTables(TableName source) {
    this.source = source;
  }

  CatalogTable changes(List<KeyAttribute> keys) {
    Map<String, String> comments = new HashMap<>();
    for (KeyAttribute key : keys) {
      comments.put(key.name(), "Key attribute " + key.name() + " (" + key.type() + ")");
    }
    return table(
        SourceCatalog.changesOf(source),
        LakeTable.CHANGES,
        "Every change of DynamoDB table " + source + ", with the whole item before and after it",
        new ChangesTable(keys).schema(),
        HOURLY,
        comments);
  }

  /** A typed table bears the entity's name, whichever generation it is that is asked. */
  CatalogTable typed(EntitySchema schema) {
    String entity = Generation.entityOf(schema.entity());
    return table(
        entity,
        schema.entity(),
        "Every change of the " + entity + " of DynamoDB table " + source,
        schema.avro(),
        HOURLY,
        Comments.of(schema));
  }

  /** The exported items of the raw changes, or of one typed table. */
  CatalogTable snapshots(CatalogTable of, List<String> snapshots) {
    boolean raw = of.name().equals(SourceCatalog.changesOf(source));
    return new CatalogTable(
        raw ? SourceCatalog.snapshotsOf(source) : of.name() + LakeTable.SNAPSHOTS_ENDING,
        raw ? source.folder() + "/" + LakeTable.SNAPSHOTS : of.path() + LakeTable.SNAPSHOTS_ENDING,
        "The "
            + (raw ? "items" : of.name())
            + " of DynamoDB table "
            + source
            + " as exports showed them; the columns are those of "
            + of.name(),
        CatalogTable.Format.PARQUET,
        of.columns(),
        Optional.of(Partitioning.BY_SNAPSHOT),
        snapshots);
  }

  CatalogTable audits() {
    return table(
        source.folder() + "_" + LakeTable.AUDITS,
        LakeTable.AUDITS,
        "Where the lake and DynamoDB table " + source + " were found to differ",
        AuditTable.schema(),
        RARE,
        OURS);
  }

  CatalogTable healings() {
    return table(
        source.folder() + "_" + LakeTable.HEALINGS,
        LakeTable.HEALINGS,
        "The healed gaps of DynamoDB table " + source,
        HealingTable.schema(),
        RARE,
        OURS);
  }

  CatalogTable gaps() {
    return table(
        source.folder() + "_" + LakeTable.GAPS,
        LakeTable.GAPS,
        "What is known to be missing of DynamoDB table " + source,
        GapsTable.schema(),
        RARE,
        OURS);
  }

  CatalogTable quarantine() {
    return table(
        source.folder() + "_" + LakeTable.QUARANTINE,
        LakeTable.QUARANTINE,
        "Records of DynamoDB table " + source + " that could not become changes",
        QuarantineTable.schema(),
        RARE,
        OURS);
  }

  private CatalogTable table(
      String name,
      String folder,
      String comment,
      Schema schema,
      Optional<Partitioning> partitioning,
      Map<String, String> comments) {
    return new CatalogTable(
        name,
        source.folder() + "/" + folder,
        comment,
        CatalogTable.Format.PARQUET,
        schema.getFields().stream()
            .map(
                field ->
                    new CatalogColumn(
                        field.name(), field.schema(), comment(field.name(), comments)))
            .toList(),
        partitioning);
  }

  private static String comment(String column, Map<String, String> comments) {
    String own = comments.get(column);
    return own == null ? Comments.ofName(column) : own;
  }
}
