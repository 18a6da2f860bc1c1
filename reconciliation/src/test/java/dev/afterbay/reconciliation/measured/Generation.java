package dev.afterbay.reconciliation.measured;

import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.Opening;
import dev.afterbay.sinks.commit.Outcome;
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
import dev.afterbay.transforms.ordering.ShardCursor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Writes the export of the shop, or its lake by the way that a worker goes. */
final class Generation {
  private static final int FILES = 8;
  private static final int SEGMENT = 100_000;

  private final FolderStore store;
  private final Path scratch;
  private final int items;
  private final int versions;

  /**
   * What is to be written.
   *
   * @param versions of each item: it is inserted, then modified until it has had so many
   */
  Generation(FolderStore store, Path scratch, int items, int versions) {
    this.store = store;
    this.scratch = scratch;
    this.items = items;
    this.versions = versions;
  }

  /** A data file of the export in the making. */
  private static final class Part {
    final String key;
    final MessageDigest md5 = digest();
    final OutputStream content;
    long lines;

    Part(FolderStore store, int number) throws IOException {
      key = "AWSDynamoDB/data/" + number + ".json.gz";
      Path path = store.path(new ObjectKey(key));
      Files.createDirectories(path.getParent());
      content = new GZIPOutputStream(new DigestOutputStream(Files.newOutputStream(path), md5));
    }

    void add(Image image) throws IOException {
      content.write(("{\"Item\":" + image.json() + "}\n").getBytes(StandardCharsets.UTF_8));
      lines++;
    }

    /** Its line of the manifest. */
    String end() throws IOException {
      content.close();
      return "{\"itemCount\":%d,\"md5Checksum\":\"%s\",\"etag\":\"-\",\"dataFileS3Key\":\"%s\"}\n"
          .formatted(lines, Base64.getEncoder().encodeToString(md5.digest()), key);
    }

    private static MessageDigest digest() {
      try {
        return MessageDigest.getInstance("MD5");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The newest version of each item. */
  void export() throws IOException {
    List<Part> parts = new ArrayList<>();
    for (int number = 0; number < FILES; number++) {
      parts.add(new Part(store, number));
    }
    Random random = new Random(1);
    for (int number = 0; number < items; number++) {
      Item item = Shop.modified(Shop.item(number, random), versions - 1);
      parts.get(number % FILES).add(Image.of(item));
    }
    StringBuilder manifest = new StringBuilder();
    for (Part part : parts) {
      manifest.append(part.end());
    }
    store.putIfAbsent(
        new ObjectKey("AWSDynamoDB/manifest-files.json"),
        manifest.toString().getBytes(StandardCharsets.UTF_8));
    store.putIfAbsent(
        Shop.MANIFEST,
        """
        {"exportArn":"%s","manifestFilesS3Key":"AWSDynamoDB/manifest-files.json",
        "itemCount":%d,"outputFormat":"DYNAMODB_JSON"}"""
            .formatted(Shop.EXPORT, items)
            .getBytes(StandardCharsets.UTF_8));
  }

  /** A row, of each table that it belongs to, for each version. */
  void lake(Shop.Tables tables) {
    CommitLog logs = new CommitLog(store, Shop.LAKE, Workspace.in(scratch), () -> Shop.AT);
    ShardLog log = ((Opening.Opened) logs.open(Shop.SHARD)).log();
    RowMaker rows = tables.in(store).rows();
    rehearse(rows);
    rows.segmentBegins();
    Random ids = new Random(2);
    Segment segment = log.begin();
    for (int version = 0; version < versions; version++) {
      Random random = new Random(1);
      for (int number = 0; number < items; number++) {
        Item first = Shop.item(number, random);
        ChangeEvent event = event((long) version * items + number, version, first, ids);
        ShardCursor.Accepted accepted = segment.cursor().accept(event).orElseThrow();
        segment.append(
            accepted.cursor(), rows.rowsOf(Shop.SHARD, event, accepted.cdcTime()).rows());
        if (segment.records() == SEGMENT) {
          committed(log.commit(segment));
          rows.segmentBegins();
          segment = log.begin();
        }
      }
    }
    if (segment.records() > 0) {
      committed(log.commit(segment));
    }
  }

  /** As a worker that has read for a while: it knows the columns. */
  private static void rehearse(RowMaker rows) {
    Random random = new Random(1);
    for (int number = 0; number < 1_000; number++) {
      ChangeEvent event = event(number, 0, Shop.item(number, random), random);
      rows.rowsOf(Shop.SHARD, event, event.approximateCreation());
    }
  }

  private static ChangeEvent event(long place, int version, Item first, Random ids) {
    return new ChangeEvent(
        version == 0 ? Operation.INSERT : Operation.MODIFY,
        Shop.AT.minusSeconds(7200).plusMillis(place),
        SequenceNumber.parse("10000000000" + (100_000_000 + place * 37)),
        "%016x%016x".formatted(ids.nextLong(), ids.nextLong()),
        false,
        Image.of(Shop.keyOf(first)),
        Image.of(Shop.modified(first, version)),
        version == 0 ? null : Image.of(Shop.modified(first, version - 1)));
  }

  private static void committed(Outcome outcome) {
    if (!(outcome instanceof Outcome.Committed)) {
      throw new IllegalStateException("not committed: " + outcome);
    }
  }
}
