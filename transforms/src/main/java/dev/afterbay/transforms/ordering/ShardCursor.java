package dev.afterbay.transforms.ordering;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.image.Digest;
import dev.afterbay.transforms.image.Image;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
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
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{32}");

  private static final ShardCursor START =
      new ShardCursor(Optional.empty(), Instant.EPOCH, 0, "0".repeat(Digest.HEX_DIGITS));

  /** Checks the count and the digest, and cuts the time to microseconds. */
  public ShardCursor {
    if (records < 0) {
      throw new IllegalArgumentException("A cursor cannot have accepted " + records + " records");
    }
    if (!DIGEST.matcher(digest).matches()) {
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

  /**
   * Moves past one record.
   *
   * @return empty if the record is at or before the position: it was accepted before
   */
  public Optional<Accepted> accept(ChangeEvent event) {
    SequenceNumber sequenceNumber = event.sequenceNumber();
    if (position.isPresent() && !sequenceNumber.isAfter(position.get())) {
      return Optional.empty();
    }
    Instant created = event.approximateCreation().truncatedTo(ChronoUnit.MICROS);
    Instant cdcTime = created.isAfter(latest) ? created : latest;
    String link =
        String.join(
            "|",
            digest,
            sequenceNumber.padded(),
            digestOrDash(event.newImage()),
            digestOrDash(event.oldImage()));
    ShardCursor next =
        new ShardCursor(Optional.of(sequenceNumber), cdcTime, records + 1, Digest.of(link));
    return Optional.of(new Accepted(next, cdcTime));
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
