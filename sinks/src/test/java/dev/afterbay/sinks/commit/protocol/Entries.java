package dev.afterbay.sinks.commit.protocol;

import dev.afterbay.sinks.commit.protocol.Entry.Ending;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.segment.Span;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.segment.Tallies;
import dev.afterbay.sinks.segment.Tally;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.StagedUpload;
import dev.afterbay.sinks.tostorage.UploadId;
import dev.afterbay.sinks.tostorage.UploadedPart;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Entries for tests. */
public final class Entries {
  private Entries() {}

  /** The first entry of a log, with one record in each of its files. */
  public static Entry first(StreamShard shard, String id, int files, Ending ending) {
    ShardCursor cursor = ShardCursor.start();
    List<StagedFile> staged = new ArrayList<>();
    for (int number = 1; number <= files; number++) {
      cursor = cursor.accept(ShardFeed.record(number)).orElseThrow().cursor();
      staged.add(
          new StagedFile(
              new StagedUpload(
                  new ObjectKey("lake/e_commerce_data/changes/" + id + "-" + number + ".parquet"),
                  new UploadId("upload-" + id + "-" + number),
                  List.of(
                      new UploadedPart(1, "\"etag\"", "AAAAAA==", 5_242_880),
                      new UploadedPart(2, "\"gate\"", "AAAAAQ==", 100L * number))),
              1));
    }
    Optional<Span> span =
        Optional.of(
            new Span(
                ShardFeed.sequenceNumber(1),
                ShardFeed.sequenceNumber(files),
                files,
                ShardFeed.TIME,
                cursor.latest()));
    return new Entry(
        new CommitId(id),
        shard,
        Optional.empty(),
        0,
        Entry.START,
        span,
        Optional.empty(),
        Optional.empty(),
        ending,
        cursor,
        Totals.NONE.plus(span, Tallies.of(List.of(new Tally("orders", "Total", "PRECISION")))),
        ShardFeed.TIME,
        Map.of("changes", 1, "orders", 3),
        staged);
  }

  /** A gap at the start of a log, told in one file. */
  public static Entry gap(StreamShard shard, String id, Ending ending) {
    Gap gap =
        new Gap(
            Gap.Reason.TRIMMED,
            ending == Ending.OPEN ? Optional.of(ShardFeed.sequenceNumber(7)) : Optional.empty(),
            ShardFeed.TIME,
            ShardFeed.TIME,
            "trimmed");
    return new Entry(
        new CommitId(id),
        shard,
        Optional.empty(),
        0,
        Entry.START,
        Optional.empty(),
        Optional.of(gap),
        Optional.empty(),
        ending,
        gap.before()
            .map(before -> ShardCursor.start().skipTo(before.previous()))
            .orElse(ShardCursor.start()),
        Totals.NONE.plus(Optional.empty(), Tallies.NONE),
        ShardFeed.TIME,
        Map.of("gaps", 1),
        List.of(
            new StagedFile(
                new StagedUpload(
                    new ObjectKey("lake/e_commerce_data/gaps/" + id + ".parquet"),
                    new UploadId("upload-" + id),
                    List.of(new UploadedPart(1, "\"etag\"", "AAAAAA==", 1_000))),
                1)));
  }

  /** An entry that takes back whatever a log has, and two files. */
  public static Entry rewind(StreamShard shard, String id) {
    return new Entry(
        new CommitId(id),
        shard,
        Optional.empty(),
        0,
        Entry.START,
        Optional.empty(),
        Optional.empty(),
        Optional.of(
            new Rewind(
                Entry.START,
                Entry.START,
                1,
                2,
                List.of(new ObjectKey("lake/" + id + "/1"), new ObjectKey("lake/" + id + "/2")))),
        Ending.OPEN,
        ShardCursor.start(),
        Totals.NONE,
        ShardFeed.TIME,
        Map.of(),
        List.of());
  }

  /** The same entry in the epoch after. */
  public static Entry rewound(Entry entry) {
    return new Entry(
        entry.id(),
        entry.shard(),
        entry.parent(),
        entry.epoch() + 1,
        entry.after(),
        entry.span(),
        entry.gap(),
        entry.rewind(),
        entry.ending(),
        entry.cursor(),
        entry.totals(),
        entry.committedAt(),
        entry.schemas(),
        entry.files());
  }

  /** An entry that ends a shard without records. */
  public static Entry end(StreamShard shard, String id) {
    return new Entry(
        new CommitId(id),
        shard,
        Optional.empty(),
        0,
        Entry.START,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Ending.SHARD_END,
        ShardCursor.start(),
        Totals.NONE.plus(Optional.empty(), Tallies.NONE),
        ShardFeed.TIME,
        Map.of(),
        List.of());
  }
}
