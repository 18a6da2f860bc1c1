package dev.afterbay.local.stream;

import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that was ever put into a stream and everything that was taken away before its time,
 * written down apart from the shards, so that trimmed and vanished records are still in it.
 */
public final class Account {
  private final Map<StreamShard, List<Line>> lines = new LinkedHashMap<>();
  private final List<Loss> losses = new ArrayList<>();
  private long records;
  private boolean counting;

  /**
   * A record that was appended.
   *
   * @param key the record's keys as compact JSON, the partition key first
   * @param operation the record's {@code eventName}, whatever it says
   */
  public record Line(SequenceNumber sequenceNumber, String key, String operation) {}

  /**
   * Records that were trimmed or vanished with their shard.
   *
   * @param from the first of them
   * @param to the last of them
   */
  public record Loss(StreamShard shard, SequenceNumber from, SequenceNumber to, long records) {}

  synchronized void opened(StreamShard shard) {
    lines.put(shard, new ArrayList<>());
  }

  synchronized void appended(StreamShard shard, Line line) {
    if (!counting) {
      lines.computeIfAbsent(shard, any -> new ArrayList<>()).add(line);
    }
    records++;
  }

  synchronized void lost(Loss loss) {
    losses.add(loss);
  }

  /** Writes down no line from now on, and only counts: for streams of millions of records. */
  public synchronized void onlyCount() {
    counting = true;
  }

  /** All shards that there ever were, oldest first. */
  public synchronized List<StreamShard> shards() {
    return List.copyOf(lines.keySet());
  }

  /** What was appended to a shard, in order. */
  public synchronized List<Line> of(StreamShard shard) {
    return List.copyOf(lines.getOrDefault(shard, List.of()));
  }

  /** How many records were appended. */
  public synchronized long records() {
    return records;
  }

  /** What was taken away, in the order in which it was; whether anyone had read it is not known. */
  public synchronized List<Loss> losses() {
    return List.copyOf(losses);
  }
}
