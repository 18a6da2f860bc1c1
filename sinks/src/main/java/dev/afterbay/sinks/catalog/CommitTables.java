package dev.afterbay.sinks.catalog;

import dev.afterbay.transforms.change.TableName;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/** The commit log of a source table, as it lies in the bucket and as people ask for it. */
final class CommitTables {
  /** Only what is asked for: the log's other fields are its own business. */
  private static final Schema ENTRY =
      SchemaBuilder.record("entry")
          .fields()
          .requiredString("commit")
          .requiredString("committedAt")
          .requiredString("stream")
          .requiredString("shard")
          .optionalString("parent")
          .optionalInt("epoch")
          .requiredString("after")
          .name("records")
          .type(
              SchemaBuilder.record("span")
                  .fields()
                  .requiredString("first")
                  .requiredString("last")
                  .requiredLong("count")
                  .requiredString("from")
                  .requiredString("to")
                  .endRecord())
          .noDefault()
          .name("gap")
          .type(SchemaBuilder.record("gap").fields().requiredString("reason").endRecord())
          .noDefault()
          .name("rewind")
          .type(SchemaBuilder.record("rewind").fields().requiredString("cut").endRecord())
          .noDefault()
          .requiredBoolean("end")
          .name("shardTotals")
          .type(
              SchemaBuilder.record("totals")
                  .fields()
                  .requiredLong("commits")
                  .requiredLong("records")
                  .endRecord())
          .noDefault()
          .name("lineage")
          .type(SchemaBuilder.record("lineage").fields().requiredString("latest").endRecord())
          .noDefault()
          .name("files")
          .type(
              SchemaBuilder.array()
                  .items(
                      SchemaBuilder.record("file")
                          .fields()
                          .requiredString("path")
                          .requiredLong("rows")
                          .requiredLong("size")
                          .endRecord()))
          .noDefault()
          .endRecord();

  private CommitTables() {}

  static CatalogTable log(TableName source) {
    return new CatalogTable(
        source.folder() + "_commit_log",
        "_afterbay/commits/" + source.folder(),
        "The commit log of DynamoDB table " + source + " as it lies in the bucket",
        CatalogTable.Format.JSON_LINES,
        ENTRY.getFields().stream()
            .map(field -> new CatalogColumn(field.name(), field.schema(), comment(field.name())))
            .toList(),
        Optional.empty());
  }

  static List<CatalogView> views(TableName source) {
    String folder = source.folder();
    return List.of(
        new CatalogView(
            folder + "_commits",
            "Each commit of table " + source + ": what it brought, and how far it went",
            commits(folder + "_commit_log")),
        new CatalogView(
            folder + "_completeness",
            "Up to when all changes of table " + source + " are in the lake",
            completeness(source)));
  }

  private static String commits(String log) {
    return """
        SELECT
          %s AS commit_id,
          %s AS committed_at,
          entry.stream AS cdc_stream,
          entry.shard AS cdc_shard,
          parent AS parent_shard,
          after AS after_seq,
          records.%s AS first_seq,
          records.%s AS last_seq,
          coalesce(records.count, 0) AS records,
          %s AS first_time,
          %s AS last_time,
          gap.reason AS gap_reason,
          %s AS shard_ended,
          shardtotals.commits AS shard_commits,
          shardtotals.records AS shard_records,
          %s AS complete_at
        FROM %s entry
        LEFT JOIN (
          SELECT stream, shard, coalesce(epoch, 0) AS until_epoch, rewind.cut AS cut
          FROM %s
          WHERE rewind.cut IS NOT NULL
        ) rewound
          ON entry.stream = rewound.stream AND entry.shard = rewound.shard
            AND coalesce(entry.epoch, 0) <= rewound.until_epoch AND entry.after >= rewound.cut
        WHERE rewound.shard IS NULL"""
        .formatted(
            SqlName.inQuery("commit"),
            time("committedat"),
            SqlName.inQuery("first"),
            SqlName.inQuery("last"),
            time("records." + SqlName.inQuery("from")),
            time("records." + SqlName.inQuery("to")),
            SqlName.inQuery("end"),
            time("lineage.latest"),
            log,
            log);
  }

  /** As {@code status} says it: the open shard that is least far decides. */
  private static String completeness(TableName source) {
    String folder = source.folder();
    return """
        SELECT
          %s AS source_table,
          max(cdc_stream) AS cdc_stream,
          nullif(
            coalesce(min(CASE WHEN NOT shard_ended THEN complete_at END), max(complete_at)),
            TIMESTAMP '1970-01-01 00:00:00') AS complete_at,
          max(committed_at) AS last_commit_at,
          sum(CASE WHEN shard_ended THEN 0 ELSE 1 END) AS open_shards,
          sum(shard_commits) AS commits,
          sum(shard_records) AS records,
          (SELECT count(*) FROM %s_gaps) AS gaps
        FROM (
          SELECT
            cdc_stream, committed_at, complete_at, shard_ended, shard_commits, shard_records,
            row_number() OVER (PARTITION BY cdc_stream, cdc_shard ORDER BY after_seq DESC) AS age
          FROM %s_commits
          WHERE cdc_shard LIKE 'shardId-%%'
        ) newest
        WHERE age = 1"""
        .formatted(SqlName.text(source.value()), folder, folder);
  }

  /** Of an instant as ISO 8601 spells it. */
  private static String time(String text) {
    return "CAST(replace(replace(" + text + ", 'T', ' '), 'Z', '') AS timestamp)";
  }

  private static String comment(String field) {
    return switch (field) {
      case "commit" -> "Identifier of the commit";
      case "committedAt" -> "When it was written, ISO 8601";
      case "stream" -> "Label of the stream";
      case "shard" -> "Shard of the stream";
      case "parent" -> "The shard that this one continues";
      case "epoch" -> "How often the log was rewound before it";
      case "rewind" -> "What does not count any more, if this commit takes others back";
      case "after" -> "Sequence number after which it begins, 40 digits";
      case "records" -> "First and last record, how many, and their times";
      case "gap" -> "What is missing, if this commit stands for a gap";
      case "end" -> "Whether the shard ended with it";
      case "shardTotals" -> "Commits and records of the shard up to this one";
      case "lineage" -> "How far the shard and those before it went";
      default -> "The data files that it made visible";
    };
  }
}
