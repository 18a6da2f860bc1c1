package dev.afterbay.sinks.check;

import dev.afterbay.sinks.commit.LaterFiles;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.Span;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Whether the rows of committed files are what was committed: as many, in the order of their shard
 * and within their commit; each image with its digest; and all raw changes of a commit together
 * with the digest that runs through the log, so that not one was exchanged for another.
 */
final class RowCheck {
  /** Of a row in any table but the raw changes. */
  private static final Schema PLACE =
      SchemaBuilder.record("place")
          .fields()
          .optionalString("cdc_seq")
          .optionalString("cdc_shard")
          .endRecord();

  /** Of a row that no record of a stream stands behind. */
  private static final Schema NOTHING = SchemaBuilder.record("nothing").fields().endRecord();

  private static final Schema CHANGE =
      SchemaBuilder.record("change")
          .fields()
          .optionalString("cdc_seq")
          .optionalString("cdc_shard")
          .optionalLong("cdc_time")
          .optionalString("cdc_digest")
          .optionalString("cdc_old_digest")
          .optionalString("new_image")
          .optionalString("old_image")
          .endRecord();

  private final ObjectStore store;
  private final Lake lake;
  private final RowReader reader;
  private final LaterFiles later;
  private final List<Finding> findings = new ArrayList<>();
  private long rows;

  RowCheck(ObjectStore store, Lake lake, RowReader reader) {
    this.reader = reader;
    this.later = new LaterFiles(store, lake);
    this.store = store;
    this.lake = lake;
  }

  /** How many rows were read. */
  long rows() {
    return rows;
  }

  List<Finding> findings() {
    return findings;
  }

  /**
   * Reads the files of an entry.
   *
   * @param before the cursor that the entry started at; empty if its digest is not to be followed
   */
  void check(Entry entry, Optional<ShardCursor> before) {
    int found = findings.size();
    List<Change> changes = new ArrayList<>();
    for (StagedFile file : entry.files()) {
      store.get(file.key()).ifPresent(content -> check(entry, file, content, changes));
    }
    if (before.isPresent() && findings.size() == found && changes.size() == entry.records()) {
      checkDigest(entry, before.get(), changes);
    }
  }

  /** What the running digest covers of a row of the raw changes. */
  private record Change(SequenceNumber position, Instant time, String content) {}

  private void check(Entry entry, StagedFile file, byte[] content, List<Change> changes) {
    boolean raw = file.key().value().startsWith(folder(entry, LakeTable.CHANGES));
    boolean fromStream = entry.shard().shard().ofStream() && entry.gap().isEmpty();
    Rows read = new Rows(entry, raw, fromStream, changes);
    long count;
    try {
      count = reader.read(content, raw ? CHANGE : fromStream ? PLACE : NOTHING, read::see);
    } catch (IOException e) {
      add(Damage.UNREADABLE_ROWS, file, String.valueOf(e.getMessage()));
      return;
    }
    rows += count;
    if (count != file.rows() && !later.rows(file, content.length).contains(count)) {
      add(
          Damage.WRONG_ROW_COUNT,
          file,
          "it has %d rows and %d were committed".formatted(count, file.rows()));
    } else if (read.wrong != null) {
      add(Damage.WRONG_ROWS, file, read.wrong);
    }
  }

  private String folder(Entry entry, String table) {
    return lake.data(entry.shard().table()) + table + "/";
  }

  private void checkDigest(Entry entry, ShardCursor before, List<Change> changes) {
    ShardCursor cursor = before;
    for (Change change : changes) {
      Optional<ShardCursor.Accepted> accepted =
          cursor.accept(change.position(), Optional.of(change.time()), change.content());
      if (accepted.isEmpty()) {
        break;
      }
      cursor = accepted.get().cursor();
    }
    if (!cursor.digest().equals(entry.cursor().digest())) {
      findings.add(
          new Finding(
              Damage.WRONG_ROWS,
              lake.commit(entry.place()),
              "its rows are well, each by itself, but together they do not have the digest that was"
                  + " committed: rows were exchanged for others"));
    }
  }

  private void add(Damage damage, StagedFile file, String detail) {
    findings.add(new Finding(damage, file.key(), detail));
  }

  /** What is seen of one file's rows; of what is wrong, the first. */
  private static final class Rows {
    private final Entry entry;
    private final boolean raw;
    private final boolean fromStream;
    private final List<Change> changes;
    private @Nullable SequenceNumber last;
    private @Nullable String wrong;

    Rows(Entry entry, boolean raw, boolean fromStream, List<Change> changes) {
      this.entry = entry;
      this.raw = raw;
      this.fromStream = fromStream;
      this.changes = changes;
    }

    void see(GenericRecord row) {
      if (wrong == null) {
        try {
          wrong = problem(row);
        } catch (RuntimeException e) {
          // Whatever a row that we did not write may lead to.
          wrong = "a row makes no sense: " + e.getMessage();
        }
      }
    }

    private @Nullable String problem(GenericRecord row) {
      String ofImages = raw ? images(row) : null;
      if (ofImages != null || !fromStream) {
        return ofImages;
      }
      SequenceNumber position = new SequenceNumber(Objects.requireNonNull(text(row, "cdc_seq")));
      Span span = entry.span().orElseThrow();
      if (span.first().isAfter(position) || position.isAfter(span.last())) {
        return "row " + position + " is not among the records of its commit";
      }
      if (last != null && !position.isAfter(last)) {
        return "row " + position + " comes after " + last;
      }
      last = position;
      if (!entry.shard().shard().value().equals(text(row, "cdc_shard"))) {
        return "row " + position + " is of shard " + text(row, "cdc_shard");
      }
      if (raw) {
        Instant time = Instant.EPOCH.plus((long) row.get("cdc_time"), ChronoUnit.MICROS);
        changes.add(new Change(position, time, content(row)));
      }
      return null;
    }

    private static @Nullable String images(GenericRecord row) {
      for (String[] pair :
          new String[][] {{"new_image", "cdc_digest"}, {"old_image", "cdc_old_digest"}}) {
        String json = text(row, pair[0]);
        String digest = json == null ? null : Image.parse(json).digest();
        if (!Objects.equals(digest, text(row, pair[1]))) {
          return "%s of row %s does not have the digest in %s"
              .formatted(pair[0], text(row, "cdc_seq"), pair[1]);
        }
      }
      return null;
    }

    private static String content(GenericRecord row) {
      return Objects.requireNonNullElse(text(row, "cdc_digest"), "-")
          + "|"
          + Objects.requireNonNullElse(text(row, "cdc_old_digest"), "-");
    }

    private static @Nullable String text(GenericRecord row, String column) {
      Object value = row.hasField(column) ? row.get(column) : null;
      return value == null ? null : value.toString();
    }
  }
}
