package dev.afterbay.sinks.commit.protocol;

import dev.afterbay.sinks.segment.Span;
import dev.afterbay.sinks.segment.Tallies;
import java.time.Instant;
import java.util.Optional;

/**
 * What a shard's log sums up to.
 *
 * @param commits entries, the last one included
 * @param records in all of them
 * @param from the {@code cdc_time} of the shard's first record; empty before it
 * @param tallies what was counted beside the records
 */
public record Totals(long commits, long records, Optional<Instant> from, Tallies tallies) {
  /** The sums of an empty log. */
  public static final Totals NONE = new Totals(0, 0, Optional.empty(), Tallies.NONE);

  /** The same sums, but with other tallies. */
  public Totals counting(Tallies counted) {
    return new Totals(commits, records, from, counted);
  }

  /** The sums with one more commit. */
  public Totals plus(Optional<Span> span, Tallies counted) {
    return new Totals(
        commits + 1,
        records + span.map(Span::records).orElse(0L),
        from.or(() -> span.map(Span::from)),
        tallies.plus(counted));
  }
}
