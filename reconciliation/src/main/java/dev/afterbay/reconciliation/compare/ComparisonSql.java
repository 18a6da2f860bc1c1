package dev.afterbay.reconciliation.compare;

import dev.afterbay.transforms.ordering.ChangeOrder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The question in which keys lake and source differ, as one text of SQL that DuckDB and Trino both
 * take.
 *
 * <p>It asks two tables: {@code lake}, the versions with their keys and {@code cdc_digest}, {@code
 * cdc_stream}, {@code cdc_seq}, {@code cdc_time}, none later than the moment and the unsure time
 * after it; and {@code source}, the items with their keys, a {@code digest}. It answers with each
 * key whose newest version at the moment differs, and whether another version of the unsure time
 * clears it.
 */
final class ComparisonSql {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("'TIMESTAMP '''uuuu-MM-dd HH:mm:ss.SSSSSS''", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ComparisonSql() {}

  static String time(Instant time) {
    return TIME.format(time);
  }

  static String differences(KeyColumns keys, Instant moment) {
    String from = time(moment.minus(Comparison.UNSURE));
    return """
        WITH newest AS (%s),
        differing AS (
          SELECT %s, l.cdc_digest AS lake_digest, s.digest AS source_digest
          FROM newest l FULL OUTER JOIN source s ON %s
          WHERE l.cdc_digest IS DISTINCT FROM s.digest
        ),
        versions AS (
          SELECT %s, v.cdc_digest, v.cdc_stream, v.cdc_seq, v.cdc_time, d.source_digest
          FROM differing d INNER JOIN lake v ON %s
        ),
        touched AS (
          SELECT %s, max(CASE WHEN v.cdc_digest IS DISTINCT FROM v.source_digest THEN 0 ELSE 1 END)
            AS equals_one
          FROM versions v
          WHERE v.cdc_time >= %s
          GROUP BY %s
        ),
        before AS (%s)
        SELECT %s, d.lake_digest, d.source_digest,
          CASE WHEN t.equals_one IS NULL THEN 0
            WHEN t.equals_one = 1 THEN 1
            WHEN b.cdc_digest IS DISTINCT FROM d.source_digest THEN 0
            ELSE 1 END AS cleared
        FROM differing d
          LEFT JOIN touched t ON %s
          LEFT JOIN before b ON %s
        ORDER BY %s"""
        .formatted(
            newest(keys, "lake", "v.cdc_time <= " + time(moment)),
            keys.either("l", "s"),
            keys.equal("l", "s"),
            keys.of("v"),
            keys.equal("d", "v"),
            keys.of("v"),
            from,
            keys.of("v"),
            newest(keys, "versions", "v.cdc_time < " + from),
            keys.of("d"),
            keys.equal("d", "t"),
            keys.equal("d", "b"),
            keys.of("d"));
  }

  private static String newest(KeyColumns keys, String table, String condition) {
    return """
        SELECT %s, cdc_digest FROM (
          SELECT %s, v.cdc_digest,
            row_number() OVER (PARTITION BY %s ORDER BY %s) AS cdc_age
          FROM %s v
          WHERE %s
        ) aged WHERE cdc_age = 1"""
        .formatted(
            keys.list(),
            keys.of("v"),
            keys.of("v"),
            ChangeOrder.sqlOrderByNewestFirst(),
            table,
            condition);
  }
}
