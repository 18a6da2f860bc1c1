package dev.afterbay.reconciliation.heal;

import dev.afterbay.sinks.commit.RecordedGap;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.image.Digest;
import java.math.BigInteger;
import java.time.Instant;

/**
 * A gap and where what heals it stands.
 *
 * @param gap as it is recorded
 * @param spot of its rows: the last place within it, which no record that was read has
 */
record GapSite(RecordedGap gap, Spot spot) {
  private static final SequenceNumber LAST = new SequenceNumber("9".repeat(SequenceNumber.DIGITS));

  /**
   * The site of a gap.
   *
   * @param earlier the stream that the table had before that of the gap
   */
  static GapSite of(RecordedGap gap, StreamLabel earlier) {
    if (!gap.shard().shard().ofStream()) {
      return new GapSite(gap, new Spot(earlier, LAST));
    }
    SequenceNumber last =
        gap.gap()
            .before()
            .map(SequenceNumber::previous)
            .orElseGet(
                () ->
                    SequenceNumber.parse(
                        new BigInteger(gap.after().padded()).add(BigInteger.ONE).toString()));
    return new GapSite(gap, new Spot(gap.shard().stream(), last));
  }

  /** The log of its healing, which no shard feeds. */
  static StreamShard logOf(RecordedGap gap) {
    String told = String.join("|", gap.shard().shard().value(), gap.after().padded());
    return new StreamShard(
        gap.shard().table(), gap.shard().stream(), new ShardId("heal-" + Digest.of(told)));
  }

  /** Whether it is between two streams, in no shard. */
  boolean betweenStreams() {
    return !gap.shard().shard().ofStream();
  }

  Instant from() {
    return gap.gap().from();
  }

  Instant until() {
    return gap.gap().until();
  }

  /** Whether a write at a moment may be one that is missing; stream times are to the second. */
  boolean spans(Instant written) {
    return !written.isBefore(from()) && written.isBefore(until().plusSeconds(1));
  }
}
