package dev.afterbay.consumer.worker;

import dev.afterbay.transforms.change.SequenceNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When the reader of an open shard was given all that the stream had. An empty page alone does not
 * say so: DynamoDB may answer with some before it comes to a record. Several in a row do, of a
 * reader that asks about once a second.
 */
final class ShardEnd {
  /** Empty pages in a row after which nothing more is there. */
  private static final int EMPTY_PAGES = 4;

  /**
   * A record appears in the stream some time after its write, and its creation is cut to the
   * second: of what was created this long before a question, the answer knows.
   */
  private static final Duration DELAY = Duration.ofSeconds(5);

  private @Nullable SequenceNumber last;
  private boolean numbered = true;
  private int empty;
  private volatile @Nullable Reached reached;

  /**
   * The end of a shard, as it was at one moment.
   *
   * @param at every record that was created before it had been given to the reader
   * @param last the last record of them; empty if this reader was given none
   */
  record Reached(Instant at, Optional<SequenceNumber> last) {}

  /** Takes note of a page that was asked for at a time. */
  synchronized void see(Instant asked, ShardPage page) {
    if (!page.isEmpty()) {
      empty = 0;
      reached = null;
      // Where the reader stands cannot be told after a record without number, until another comes.
      numbered = page.last().isPresent();
      last = page.last().orElse(last);
      return;
    }
    empty++;
    if (empty >= EMPTY_PAGES && numbered) {
      reached = new Reached(asked.minus(DELAY), Optional.ofNullable(last));
    }
  }

  Optional<Reached> reached() {
    return Optional.ofNullable(reached);
  }
}
