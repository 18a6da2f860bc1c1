package dev.afterbay.local.demo;

import dev.afterbay.local.workload.StreamCount.Position;
import dev.afterbay.local.workload.StreamCount.Records;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stream records against rows of the lake, one by one.
 *
 * @param missing records without a row
 * @param duplicates rows beyond the first of a record
 * @param strangers rows without a record
 */
public record SumCheck(
    long streamRecords, long changeRows, long missing, long duplicates, long strangers) {
  static final SumCheck NOTHING = new SumCheck(0, 0, 0, 0, 0);

  /** Compares what a table's streams hold with its rows. */
  static SumCheck of(Records records, Lake lake) {
    return of(records.all(), rows(records.table(), lake));
  }

  static SumCheck of(List<Position> records, List<Position> rows) {
    Set<Position> inStream = new HashSet<>(records);
    Set<Position> inLake = new HashSet<>(rows);
    long missing = inStream.stream().filter(p -> !inLake.contains(p)).count();
    long strangers = inLake.stream().filter(p -> !inStream.contains(p)).count();
    return new SumCheck(
        inStream.size(), rows.size(), missing, rows.size() - (long) inLake.size(), strangers);
  }

  private static List<Position> rows(TableName table, Lake lake) {
    Lake.Answer answer =
        lake.ask("SELECT cdc_stream, cdc_shard, cdc_seq FROM " + Questions.changes(table));
    return answer.rows().stream()
        .map(
            row ->
                new Position(
                    new StreamShard(
                        table, new StreamLabel(text(row.get(0))), new ShardId(text(row.get(1)))),
                    SequenceNumber.parse(text(row.get(2)))))
        .toList();
  }

  private static String text(@Nullable Object cell) {
    return String.valueOf(cell);
  }

  SumCheck plus(SumCheck other) {
    return new SumCheck(
        streamRecords + other.streamRecords,
        changeRows + other.changeRows,
        missing + other.missing,
        duplicates + other.duplicates,
        strangers + other.strangers);
  }

  /** Whether each record is in the lake exactly once. */
  public boolean exact() {
    return missing == 0 && duplicates == 0 && strangers == 0;
  }
}
