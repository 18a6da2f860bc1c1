package dev.afterbay.consumer.pipeline;

import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.segment.StagedFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A segment that became visible in the lake.
 *
 * @param records of the stream in it
 * @param rows in all of its files
 * @param files that it is in
 * @param bytes of these files
 * @param upTo the time of its last record
 * @param took from the first upload until it was visible
 */
public record VisibleSegment(
    long records, long rows, int files, long bytes, Instant upTo, Duration took) {

  static VisibleSegment of(Outcome.Committed committed, Duration took) {
    List<StagedFile> files = committed.entry().files();
    return new VisibleSegment(
        committed.entry().records(),
        files.stream().mapToLong(StagedFile::rows).sum(),
        files.size(),
        files.stream().mapToLong(StagedFile::size).sum(),
        committed.cursor().latest(),
        took.isNegative() ? Duration.ZERO : took);
  }
}
