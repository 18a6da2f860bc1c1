package dev.afterbay.reconciliation.compare;

import dev.afterbay.transforms.ordering.ChangeOrder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
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
 *
 * <p>Trino reads a table again for every mention of it, and so it does with what a WITH names. So
 * the versions before the unsure time are mentioned once, and whatever can be told of them is told
 * there; those of the unsure time are few, and are found by the statistics of the files.
 */
final class ComparisonSql {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("'TIMESTAMP '''uuuu-MM-dd HH:mm:ss.SSSSSS''", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ComparisonSql() {}

  static String time(Instant time) {
    return TIME.format(time);
  }

  /**
   * The question.
   *
   * @param sides definitions of {@code lake} and {@code source}, as they stand in a WITH; empty if
   *     the engine has tables of these names
   */
  static String differences(List<String> sides, KeyColumns keys, Instant moment) {
    List<String> parts = new ArrayList<>(sides);
    parts.add("before AS (" + newestBefore(keys, time(moment.minus(Comparison.UNSURE))) + ")");
    parts.add("unsure AS (" + unsure(keys, moment) + ")");
    parts.add("newest AS (" + newest(keys) + ")");
    parts.add("differing AS (" + differing(keys) + ")");
    return """
        WITH %s
        SELECT %s, d.lake_digest, d.source_digest,
          CASE WHEN count(u.k1) = 0 THEN 0
            WHEN max(CASE WHEN u.k1 IS NULL OR u.cdc_digest IS DISTINCT FROM d.source_digest
              THEN 0 ELSE 1 END) = 1 THEN 1
            WHEN d.before_digest IS DISTINCT FROM d.source_digest THEN 0
            ELSE 1 END AS cleared
        FROM differing d LEFT JOIN unsure u ON %s
        GROUP BY %s, d.lake_digest, d.source_digest, d.before_digest
        ORDER BY %s"""
        .formatted(
            String.join(",\n", parts),
            keys.of("d"),
            keys.equal("d", "u"),
            keys.of("d"),
            keys.of("d"));
  }

  /** The newest version of each key before the unsure time. */
  private static String newestBefore(KeyColumns keys, String from) {
    return """

          SELECT %s, cdc_digest, cdc_stream, cdc_seq, cdc_time FROM (
            SELECT %s, v.cdc_digest, v.cdc_stream, v.cdc_seq, v.cdc_time,
              row_number() OVER (PARTITION BY %s ORDER BY %s) AS cdc_age
            FROM lake v
            WHERE v.cdc_time < %s
          ) aged WHERE cdc_age = 1
        """
        .formatted(
            keys.list(), keys.of("v"), keys.of("v"), ChangeOrder.sqlOrderByNewestFirst(), from);
  }

  /** All versions of the unsure time; those up to the moment and those after it each in order. */
  private static String unsure(KeyColumns keys, Instant moment) {
    String later = "CASE WHEN v.cdc_time <= " + time(moment) + " THEN 0 ELSE 1 END";
    return """

          SELECT %s, v.cdc_digest, v.cdc_stream, v.cdc_seq, v.cdc_time, %s AS cdc_later,
            row_number() OVER (PARTITION BY %s, %s ORDER BY %s) AS cdc_age
          FROM lake v
          WHERE v.cdc_time >= %s
        """
        .formatted(
            keys.of("v"),
            later,
            keys.of("v"),
            later,
            ChangeOrder.sqlOrderByNewestFirst(),
            time(moment.minus(Comparison.UNSURE)));
  }

  /** The newest version of each key at the moment, beside that before the unsure time. */
  private static String newest(KeyColumns keys) {
    return """

          SELECT %s, b.cdc_digest AS before_digest,
            CASE WHEN u.k1 IS NULL THEN b.cdc_digest
              WHEN b.k1 IS NULL THEN u.cdc_digest
              WHEN %s THEN u.cdc_digest
              ELSE b.cdc_digest END AS lake_digest
          FROM before b FULL OUTER JOIN (
            SELECT * FROM unsure WHERE cdc_later = 0 AND cdc_age = 1
          ) u ON %s
        """
        .formatted(keys.either("b", "u"), ChangeOrder.sqlIsNewer("u", "b"), keys.equal("b", "u"));
  }

  private static String differing(KeyColumns keys) {
    return """

          SELECT %s, n.lake_digest, n.before_digest, s.digest AS source_digest
          FROM newest n FULL OUTER JOIN source s ON %s
          WHERE n.lake_digest IS DISTINCT FROM s.digest
        """
        .formatted(keys.either("n", "s"), keys.equal("n", "s"));
  }
}
