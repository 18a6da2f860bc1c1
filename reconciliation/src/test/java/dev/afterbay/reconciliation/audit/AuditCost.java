package dev.afterbay.reconciliation.audit;

import dev.afterbay.reconciliation.compare.Comparison;
import dev.afterbay.reconciliation.compare.Duck;
import dev.afterbay.reconciliation.compare.DuckEngine;
import dev.afterbay.reconciliation.compare.KeyColumns;
import dev.afterbay.reconciliation.compare.LakeSide;
import dev.afterbay.reconciliation.export.DataFile;
import dev.afterbay.reconciliation.export.ExportReader;
import dev.afterbay.reconciliation.export.LineVisitor;
import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.Opening;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.ordering.ShardCursor;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * What an audit costs, beside DuckDB's own way to read, hash and join the same files. One process
 * for each: {@code generate DIR ITEMS dense|loose [VERSIONS]}, then {@code audit DIR} and {@code
 * duckdb DIR}. Each item is inserted, then modified until it has had that many versions.
 */
final class AuditCost {
  private static final int FILES = 8;
  private static final int SEGMENT = 100_000;
  private static final List<KeyAttribute> KEYS =
      List.of(new KeyAttribute("PK", KeyType.S), new KeyAttribute("SK", KeyType.S));
  private static final Instant AT = Books.NOON;

  private AuditCost() {}

  public static void main(String[] arguments) throws IOException {
    Path dir = Path.of(arguments[1]);
    long start = System.nanoTime();
    switch (arguments[0]) {
      case "generate" ->
          generate(
              dir,
              Integer.parseInt(arguments[2]),
              "dense".equals(arguments[3]),
              arguments.length > 4 ? Integer.parseInt(arguments[4]) : 1);
      case "audit" -> audit(dir);
      default -> duckdb(dir);
    }
    String peak =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .findFirst()
            .orElse("");
    System.out.printf(
        "%s: wall %.1f s, CPU %.1f s, %s%n",
        arguments[0],
        (System.nanoTime() - start) / 1e9,
        ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3,
        peak);
  }

  private static Item item(int number, Random random, boolean dense) {
    byte[] noise = new byte[240];
    random.nextBytes(noise);
    String text =
        dense
            ? Base64.getEncoder().encodeToString(noise)
            : ("status shipped customer " + random.nextInt(1000) + " ").repeat(11);
    return new Item(
        Map.of(
            "PK", new Value.S("USER#" + number / 10),
            "SK", new Value.S("ORDER#" + number),
            "Total", new Value.N(random.nextInt(100_000) + ".25"),
            "Open", new Value.Bool(random.nextBoolean()),
            "CreatedAt", new Value.S(AT.minusSeconds(number).toString()),
            "Count", new Value.N("" + random.nextInt(50)),
            "City", new Value.S("City " + random.nextInt(500)),
            "Note", new Value.S(text)));
  }

  /** Another version: some attributes differ, as after most writes. */
  private static Item modified(Item item, int version) {
    Map<String, Value> attributes = new HashMap<>(item.attributes());
    attributes.put("Count", new Value.N("" + (100 + version)));
    attributes.put("City", new Value.S("City " + version));
    return new Item(attributes);
  }

  private static void generate(Path dir, int items, boolean dense, int versions)
      throws IOException {
    FolderStore store = new FolderStore(Files.createDirectories(dir.resolve("store")));
    Path export = Files.createDirectories(dir.resolve("store/export"));
    Path scratch = Files.createDirectories(dir.resolve("scratch"));
    CommitLog logs = new CommitLog(store, Books.LAKE, Workspace.in(scratch), () -> AT);
    ShardLog log = ((Opening.Opened) logs.open(Books.SHARD)).log();
    RowMaker rows = RowMaker.changes(new ChangesTable(KEYS));
    List<OutputStream> files = new ArrayList<>();
    for (int file = 0; file < FILES; file++) {
      files.add(new GZIPOutputStream(Files.newOutputStream(export.resolve(file + ".json.gz"))));
    }
    Random ids = new Random(2);
    Segment segment = log.begin();
    for (int version = 0; version < versions; version++) {
      Random random = new Random(1);
      for (int number = 0; number < items; number++) {
        Item first = item(number, random, dense);
        Item item = version == 0 ? first : modified(first, version);
        Image image = Image.of(item);
        if (version == versions - 1) {
          files
              .get(number % FILES)
              .write(("{\"Item\":" + image.json() + "}\n").getBytes(StandardCharsets.UTF_8));
        }
        long place = (long) version * items + number;
        ChangeEvent event =
            new ChangeEvent(
                version == 0 ? Operation.INSERT : Operation.MODIFY,
                AT.minusSeconds(7200).plusMillis(place),
                SequenceNumber.parse("10000000000" + (100_000_000 + place * 37)),
                "%016x%016x".formatted(ids.nextLong(), ids.nextLong()),
                false,
                new KeyColumns(KEYS).keyOf(item),
                image,
                version == 0
                    ? null
                    : Image.of(version == 1 ? first : modified(first, version - 1)));
        ShardCursor.Accepted accepted = segment.cursor().accept(event).orElseThrow();
        segment.append(
            accepted.cursor(), rows.rowsOf(Books.SHARD, event, accepted.cdcTime()).rows());
        if (segment.records() == SEGMENT) {
          log.commit(segment);
          segment = log.begin();
        }
      }
    }
    if (segment.records() > 0) {
      log.commit(segment);
    }
    for (int file = 0; file < FILES; file++) {
      files.get(file).close();
      long lines = items / FILES + (file < items % FILES ? 1 : 0);
      Files.writeString(dir.resolve("lines-" + file), Long.toString(lines));
    }
  }

  private static void audit(Path dir) throws IOException {
    FolderStore store = new FolderStore(dir.resolve("store"));
    Path scratch = Files.createTempDirectory(dir, "audit-");
    LakeSide side = LakeSide.of(store, Books.LAKE, Books.TABLE, AT);
    ExportReader reader = new ExportReader(store);
    long[] items = new long[1];
    try (Comparison comparison =
        new DuckEngine(store).open(Books.TABLE, new KeyColumns(KEYS), scratch)) {
      for (int file = 0; file < FILES; file++) {
        ObjectKey key = new ObjectKey("export/" + file + ".json.gz");
        Path path = dir.resolve("store").resolve(key.value());
        reader.read(
            new DataFile(key, lines(dir, file), md5(path)),
            LineVisitor.items(
                item -> {
                  items[0]++;
                  Image image = Image.of(item);
                  comparison.source(image.item(), image.digest());
                }));
      }
      Comparison.Outcome outcome = comparison.differences(side, difference -> {});
      long scanned = outcome.scannedBytes();
      System.out.printf(
          "items %d, %s, scanned %d of %d bytes (%.1f %%)%n",
          items[0], outcome, scanned, side.lakeBytes(), 100.0 * scanned / side.lakeBytes());
    }
  }

  private static long lines(Path dir, int file) throws IOException {
    return Long.parseLong(Files.readString(dir.resolve("lines-" + file)).strip());
  }

  private static String md5(Path file) throws IOException {
    try (DigestInputStream input =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("MD5"))) {
      input.transferTo(OutputStream.nullOutputStream());
      return Base64.getEncoder().encodeToString(input.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void duckdb(Path dir) throws IOException {
    Path scratch = Files.createTempDirectory(dir, "duckdb-");
    try (Duck duck = Duck.inMemory(Duck.Limits.of(scratch))) {
      duck.ask(
          """
          SELECT count(*) FROM (
            SELECT Item ->> '$.PK.S' AS pk, Item ->> '$.SK.S' AS sk, md5(Item::VARCHAR) AS digest
            FROM read_json('%s/store/export/*.json.gz', columns = {Item: 'JSON'})
          ) s FULL OUTER JOIN (
            SELECT PK AS pk, SK AS sk, md5(new_image) AS digest
            FROM read_parquet('%s/store/lake/books/changes/**/*.parquet')
          ) l ON s.pk = l.pk AND s.sk = l.sk
          WHERE s.digest IS DISTINCT FROM l.digest"""
              .formatted(dir, dir),
          row -> System.out.println("differences " + row.getLong(1)));
    }
  }
}
