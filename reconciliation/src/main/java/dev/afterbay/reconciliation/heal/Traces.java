package dev.afterbay.reconciliation.heal;

import dev.afterbay.transforms.change.StreamShard;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one key around the gaps of a cluster.
 *
 * @param rows of the lake, in the order of changes: at least the first and the last of each stretch
 *     between two gaps, and of the windows
 * @param lines of the exports, in the order of the windows: at least the first and the last
 */
record Traces(List<Row> rows, List<Line> lines) {
  /** Finds no image; rows bear ids above it, and lines below. */
  static final long NO_ID = 0;

  Traces {
    rows = List.copyOf(rows);
    lines = List.copyOf(lines);
  }

  /**
   * A row of the lake.
   *
   * @param id by which its images are found
   * @param shard that it came from
   * @param told whether a stream told it
   * @param time its {@code cdc_time}
   */
  record Row(
      long id,
      Spot spot,
      StreamShard shard,
      boolean told,
      Instant time,
      @Nullable String digest,
      @Nullable String oldDigest) {
    State after() {
      return new State(digest, new Image(id, Image.Side.NEW));
    }

    State before() {
      return new State(oldDigest, new Image(id, Image.Side.OLD));
    }
  }

  /** A line of an export. */
  record Line(long id, Instant writtenAt, @Nullable String newDigest, @Nullable String oldDigest) {
    State after() {
      return new State(newDigest, new Image(id, Image.Side.NEW));
    }

    State before() {
      return new State(oldDigest, new Image(id, Image.Side.OLD));
    }
  }

  /** Where an image is found. */
  record Image(long id, Side side) {
    /** Which of the two. */
    enum Side {
      NEW,
      OLD
    }
  }

  /**
   * What the item was at a moment.
   *
   * @param digest null if there was none
   */
  record State(@Nullable String digest, Image image) {
    /** There was no item, though no row and no line says so. */
    static final State NOTHING = new State(null, new Image(NO_ID, Image.Side.NEW));
  }

  Optional<Line> firstLine() {
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(0));
  }

  Optional<Line> lastLine() {
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(lines.size() - 1));
  }
}
