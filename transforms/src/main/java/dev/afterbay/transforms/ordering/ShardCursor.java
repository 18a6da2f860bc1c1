package dev.afterbay.transforms.ordering;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.image.Digest;
import dev.afterbay.transforms.image.Image;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a shard has been read.
 *
 * @param position the sequence number of the last record; empty before the first one of the shard
 * @param latest the latest {@code cdc_time} given out along the lineage, in whole microseconds
 * @param records how many records were accepted along the lineage
 * @param digest the running digest along the lineage: each record's digest covers the one before
 *     it, so that equal digests mean the same records in the same order
 */
public record ShardCursor(
    Optional<SequenceNumber> position, Instant latest, long records, String digest) {
  private static final ShardCursor START =
      new ShardCursor(Optional.empty(), Instant.EPOCH, 0, "0".repeat(Digest.HEX_DIGITS));

  /** Checks the count and the digest, and cuts the time to microseconds. */
  public ShardCursor {
    if (records < 0) {
      throw new IllegalArgumentException("A cursor cannot have accepted " + records + " records");
    }
    if (!isDigest(digest)) {
      throw new IllegalArgumentException(
          "A running digest has 32 hexadecimal digits in lower case, not '" + digest + "'");
    }
    latest = latest.truncatedTo(ChronoUnit.MICROS);
  }

  /** The cursor before the first record of a shard that has no known parent. */
  public static ShardCursor start() {
    return START;
  }

  /**
   * The cursor before the first record of a child of this shard: time, count and digest go on, the
   * position starts anew.
   */
  public ShardCursor child() {
    return new ShardCursor(Optional.empty(), latest, records, digest);
  }

  /** Whether a record was accepted before: it is at or before the position. */
  public boolean covers(SequenceNumber record) {
    return position.filter(last -> !record.isAfter(last)).isPresent();
  }

  /**
   * Moves past one change.
   *
   * @return empty if the record is at or before the position: it was accepted before
   */
  public Optional<Accepted> accept(ChangeEvent event) {
    return accept(
        event.sequenceNumber(),
        Optional.of(event.approximateCreation()),
        digestOrDash(event.newImage()) + "|" + digestOrDash(event.oldImage()));
  }

  /**
   * Moves past one record, whatever it is.
   *
   * @param created when it happened; without it, the latest time before it counts
   * @param content what the running digest covers of it
   * @return empty if the record is at or before the position: it was accepted before
   */
  public Optional<Accepted> accept(
      SequenceNumber record, Optional<Instant> created, String content) {
    if (covers(record)) {
      return Optional.empty();
    }
    Instant cdcTime =
        created
            .map(time -> time.truncatedTo(ChronoUnit.MICROS))
            .filter(time -> time.isAfter(latest))
            .orElse(latest);
    String link = String.join("|", digest, record.padded(), content);
    ShardCursor next = new ShardCursor(Optional.of(record), cdcTime, records + 1, Digest.of(link));
    return Optional.of(new Accepted(next, cdcTime));
  }

  /**
   * Moves to a position without a record: what lies between is lost.
   *
   * @throws IllegalArgumentException if the position is not after this cursor's
   */
  public ShardCursor skipTo(SequenceNumber next) {
    if (position.filter(before -> !next.isAfter(before)).isPresent()) {
      throw new IllegalArgumentException("Position " + next + " is not after " + this);
    }
    return new ShardCursor(Optional.of(next), latest, records, digest);
  }

  /** By hand, for there is one for each record. */
  private static boolean isDigest(String text) {
    if (text.length() != Digest.HEX_DIGITS) {
      return false;
    }
    for (int i = 0; i < Digest.HEX_DIGITS; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static String digestOrDash(@Nullable Image image) {
    return image == null ? "-" : image.digest();
  }

  /**
   * A record that was accepted.
   *
   * @param cursor the cursor after it
   * @param cdcTime the record's {@code cdc_time}: its creation, or the latest time before it if
   *     that is later
   */
  public record Accepted(ShardCursor cursor, Instant cdcTime) {}
}
