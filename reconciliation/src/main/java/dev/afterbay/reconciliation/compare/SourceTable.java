package dev.afterbay.reconciliation.compare;

import dev.afterbay.sinks.catalog.CatalogTable.Format;
import dev.afterbay.sinks.catalog.Site;
import dev.afterbay.sinks.catalog.SqlName;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tocatalog.TableColumn;
import dev.afterbay.sinks.tocatalog.TableDefinition;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.change.TableName;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/**
 * The source's side of one comparison, as a partition of a table that all comparisons of a source
 * table share. The partition is named by the query that asks for it and by nobody else, so that two
 * comparisons at once do not see each other, and one that was killed is never seen again.
 *
 * @param table the source table
 * @param comparison the name of the partition
 * @param location of all partitions, with a closing slash
 * @param prefix of the partition's files in the bucket
 * @param owner the lake, as catalogs mark its tables
 */
record SourceTable(
    TableName table, String comparison, String location, String prefix, String owner) {
  private static final String COMPARISON = "comparison";
  private static final String DIGEST = "digest";

  /** The same whatever the keys are: one that is not there is null, and bytes are digits. */
  private static final List<String> COLUMNS = List.of("k1", "k2", DIGEST);

  /**
   * That of a new comparison.
   *
   * @param lake where the lake lies in its bucket
   * @param uri the lake as {@code s3://bucket/prefix}
   */
  static SourceTable of(TableName table, Lake lake, String uri) {
    String comparisons = lake.comparisons(table);
    String name = UUID.randomUUID().toString();
    return new SourceTable(
        table,
        name,
        uri
            + "/"
            + lake.pathOf(new ObjectKey(comparisons.substring(0, comparisons.length() - 1)))
            + "/",
        comparisons + COMPARISON + "=" + name + "/",
        uri);
  }

  /** The name in the catalog. */
  String name() {
    return table.folder() + "_audit_sources";
  }

  /** The rows of the files. */
  static Schema schema() {
    SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("source").fields();
    COLUMNS.forEach(fields::optionalString);
    return fields.endRecord();
  }

  TableDefinition definition() {
    return new TableDefinition(
        name(),
        "Keys and digests of exports of DynamoDB table " + table + ", for audits by Athena",
        location,
        Format.PARQUET,
        columns(COLUMNS.stream()),
        columns(Stream.of(COMPARISON)),
        Map.of(
            "EXTERNAL",
            "TRUE",
            Site.OWNER,
            owner,
            "classification",
            "parquet",
            "projection.enabled",
            "true",
            "projection." + COMPARISON + ".type",
            "injected",
            "storage.location.template",
            location + COMPARISON + "=${" + COMPARISON + "}/"));
  }

  private static List<TableColumn> columns(Stream<String> names) {
    return names.map(name -> new TableColumn(name, "string", "")).toList();
  }

  /** A query for the rows. */
  String query(KeyColumns keys) {
    return "SELECT %s, %s FROM %s WHERE %s = '%s'"
        .formatted(keys.list(), DIGEST, SqlName.quoted(name()), COMPARISON, comparison);
  }
}
