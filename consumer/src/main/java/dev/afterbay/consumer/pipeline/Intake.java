package dev.afterbay.consumer.pipeline;

import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.segment.LakeRow;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.Tally;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.image.Digest;
import dev.afterbay.transforms.ordering.ShardCursor;
import dev.afterbay.transforms.toavro.OtherKeysException;
import dev.afterbay.transforms.toavro.QuarantineTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Makes rows of what arrives from a shard: of the lake's tables, or of quarantine if that cannot
 * be. All that can fail because of a record's content fails here, before anything is appended.
 */
final class Intake {
  /** No record was made later than this from now; a time that says so is as bad as the rest. */
  private static final Duration CREDIBLE = Duration.ofDays(1);

  private final StreamShard shard;
  private final RowMaker rows;
  private final InstantSource clock;

  Intake(StreamShard shard, RowMaker rows, InstantSource clock) {
    this.shard = shard;
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * A record that was taken in.
   *
   * @param cursor the shard's cursor after it
   * @param rows that it became
   * @param tallies what is to be counted of it
   * @param quarantined why it is set aside; empty if it is not
   */
  record Taken(
      ShardCursor cursor, List<LakeRow> rows, List<Tally> tallies, Optional<String> quarantined) {}

  /** Takes in a record that the cursor does not cover. */
  Taken take(Arrival arrival, ShardCursor cursor) {
    if (arrival.content() instanceof Arrival.Content.Change change) {
      try {
        return encoded(change.event(), cursor);
      } catch (RuntimeException e) {
        return setAside(arrival, cursor, reason(e));
      }
    }
    return setAside(arrival, cursor, ((Arrival.Content.Unreadable) arrival.content()).reason());
  }

  /** Why a change could not become rows, without a word of its content. */
  static String reason(RuntimeException thrown) {
    return thrown instanceof OtherKeysException
        ? "does not have the keys that its table was read with"
        : "cannot become a row: " + thrown.getClass().getSimpleName();
  }

  private Taken encoded(ChangeEvent event, ShardCursor cursor) {
    ShardCursor.Accepted accepted = cursor.accept(event).orElseThrow();
    RowMaker.Made made = rows.rowsOf(shard, event, accepted.cdcTime());
    return new Taken(accepted.cursor(), made.rows(), made.tallies(), Optional.empty());
  }

  private Taken setAside(Arrival arrival, ShardCursor cursor, String reason) {
    String text = arrival.record().text(rows.sensitive());
    Instant latest = clock.instant().plus(CREDIBLE);
    ShardCursor.Accepted accepted =
        cursor
            .accept(arrival.position(), arrival.created().filter(latest::isAfter), Digest.of(text))
            .orElseThrow();
    LakeRow row =
        new LakeRow(
            LakeTable.quarantine(),
            QuarantineTable.row(
                shard,
                arrival.position(),
                accepted.cdcTime(),
                arrival.record().eventId(),
                reason,
                text),
            accepted.cdcTime());
    return new Taken(accepted.cursor(), List.of(row), List.of(), Optional.of(reason));
  }
}
