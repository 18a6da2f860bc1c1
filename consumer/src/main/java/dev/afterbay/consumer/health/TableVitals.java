package dev.afterbay.consumer.health;

import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a table of this process is doing.
 *
 * @param table the source table
 * @param tally what was counted since the process started, shards that it no longer reads included
 * @param shards those that this process reads now, in the order of their names
 */
record TableVitals(TableName table, Tally tally, List<ShardVitals> shards) {
  TableVitals {
    shards = List.copyOf(shards);
  }

  /**
   * How far the least advanced of its shards is behind the clock; shards of which this process has
   * not committed anything yet do not count.
   */
  Optional<Duration> lag(Instant now) {
    return shards.stream().flatMap(s -> s.lag(now).stream()).max(Comparator.naturalOrder());
  }

  /** How far the lake is behind the clock in the least advanced of its shards. */
  Optional<Duration> behind(Instant now) {
    return shards.stream().map(s -> s.behind(now)).max(Comparator.naturalOrder());
  }

  /** How long until the stream forgets a record of one of its shards that was not read. */
  Optional<Duration> untilTrimmed(Instant now) {
    return shards.stream().map(s -> s.untilTrimmed(now)).min(Comparator.naturalOrder());
  }
}
