package dev.afterbay.local.demo;

import dev.afterbay.local.workload.StreamCount;
import dev.afterbay.local.workload.StreamCount.Records;
import dev.afterbay.transforms.change.TableName;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Whether the lake has caught up with the streams, the removal by time-to-live included. */
final class Catching {
  private final StreamCount streams;
  private final Supplier<Lake> lakes;
  private final List<TableName> tables;
  private boolean expired;
  private long inStreams;

  Catching(StreamCount streams, Supplier<Lake> lakes, List<TableName> tables) {
    this.streams = streams;
    this.lakes = lakes;
    this.tables = List.copyOf(tables);
  }

  /** Reads the streams; how many records they hold. */
  long count() {
    List<Records> records = tables.stream().map(streams::read).toList();
    inStreams = records.stream().mapToLong(r -> r.all().size()).sum();
    expired = records.stream().anyMatch(r -> !r.removedByTtl().isEmpty());
    return inStreams;
  }

  /** Looks again; the removal is the last change, so nothing is read after it. */
  boolean done(LongConsumer progress) {
    if (!expired) {
      count();
    }
    long inLake;
    try (Lake lake = lakes.get()) {
      inLake = tables.stream().mapToLong(table -> rows(lake, table)).sum();
    }
    progress.accept(inLake);
    return expired && inLake >= inStreams;
  }

  private static long rows(Lake lake, TableName table) {
    Lake.Answer answer = lake.ask("SELECT count(*) FROM " + Questions.changes(table));
    return answer.rows().get(0).get(0) instanceof Number count ? count.longValue() : 0;
  }
}
