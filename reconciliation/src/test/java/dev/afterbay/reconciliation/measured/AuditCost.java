package dev.afterbay.reconciliation.measured;

import dev.afterbay.reconciliation.audit.AuditParts;
import dev.afterbay.reconciliation.audit.AuditProgress;
import dev.afterbay.reconciliation.audit.AuditSummary;
import dev.afterbay.reconciliation.audit.AuditedTable;
import dev.afterbay.reconciliation.audit.Audits;
import dev.afterbay.reconciliation.audit.Completeness;
import dev.afterbay.reconciliation.compare.Duck;
import dev.afterbay.reconciliation.compare.DuckEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * What an audit costs, beside DuckDB's own way to read, hash and join the same files. One process
 * for each: {@code generate DIR ITEMS VERSIONS RAW|TYPED}, then {@code audit DIR RAW|TYPED} and
 * {@code duckdb DIR}.
 */
final class AuditCost {
  private AuditCost() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Usage usage = new Usage();
    Path dir = Path.of(arguments[1]);
    FolderStore store = new FolderStore(Files.createDirectories(dir.resolve("store")));
    Path scratch = Files.createDirectories(dir.resolve("scratch"));
    switch (arguments[0]) {
      case "generate" -> {
        Generation generation =
            new Generation(
                store, scratch, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        generation.export();
        generation.lake(Shop.Tables.valueOf(arguments[4]));
      }
      case "audit" ->
          usage.print("audit", audit(store, scratch, Shop.Tables.valueOf(arguments[2])));
      case "duckdb" -> usage.print("DuckDB alone", duckdb(dir, scratch));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static long audit(FolderStore store, Path scratch, Shop.Tables tables)
      throws InterruptedException {
    AuditParts parts =
        new AuditParts(
            store,
            Shop.LAKE,
            store,
            Shop.exports(store),
            new DuckEngine(store),
            (table, moment) -> new Completeness.Progress.Reached(),
            () -> Shop.AT,
            scratch);
    AuditSummary summary =
        new Audits(parts, Duration.ZERO, interval -> {})
            .audit(
                new AuditedTable(Shop.TABLE, Shop.ARN, Shop.KEYS, tables.in(store), Shop.PLACE),
                Shop.AT,
                AuditProgress.none());
    System.out.printf(
        Locale.ROOT,
        "  audit: %,d items, drift %d, scanned %,d of %,d bytes of the lake (%.2f %%),"
            + " handed out by the store: %,d%n",
        summary.items(),
        summary.drift(),
        summary.scannedBytes(),
        summary.lakeBytes(),
        100.0 * summary.scannedBytes() / summary.lakeBytes(),
        store.dataBytes());
    return summary.items();
  }

  private static long duckdb(Path dir, Path scratch) {
    long[] counts = new long[2];
    try (Duck duck = Duck.inMemory(Duck.Limits.of(scratch))) {
      duck.ask(
          """
          SELECT count(*), count(*) FILTER (s.digest IS DISTINCT FROM l.digest) FROM (
            SELECT Item ->> '$.PK.S' AS pk, Item ->> '$.SK.S' AS sk, md5(Item::VARCHAR) AS digest
            FROM read_json('%1$s/store/AWSDynamoDB/data/*.json.gz', columns = {Item: 'JSON'})
          ) s FULL OUTER JOIN (
            SELECT PK AS pk, SK AS sk, md5(new_image) AS digest
            FROM read_parquet('%1$s/store/lake/shop/changes/**/*.parquet')
          ) l ON s.pk = l.pk AND s.sk = l.sk"""
              .formatted(dir),
          row -> {
            counts[0] = row.getLong(1);
            counts[1] = row.getLong(2);
          });
    }
    System.out.printf(Locale.ROOT, "  DuckDB alone: %,d items, drift %d%n", counts[0], counts[1]);
    return counts[0];
  }
}
