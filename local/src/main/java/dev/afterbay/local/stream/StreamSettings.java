package dev.afterbay.local.stream;

import java.time.Duration;

/**
 * The limits and habits of a scripted stream.
 *
 * @param seed of all that the stream chooses itself: sequence numbers, identifiers, random faults
 * @param pageRecords records of a GetRecords answer at most
 * @param pageBytes their size together at most; one record is always given
 * @param pageShards shards of a DescribeStream answer at most
 * @param iteratorAge how long an iterator lives
 * @param iteratorReads after how many reads in a row the next iterator is expired
 * @param numbersPerDigit after how many sequence numbers they gain a digit, from 21 up to 40
 */
public record StreamSettings(
    long seed,
    int pageRecords,
    long pageBytes,
    int pageShards,
    Duration iteratorAge,
    long iteratorReads,
    long numbersPerDigit) {
  /** Records of a page of AWS. */
  public static final int MOST_RECORDS = 1_000;

  /** Bytes of a page of AWS. */
  public static final long MOST_BYTES = 1 << 20;

  /** Shards of a page of AWS. */
  public static final int MOST_SHARDS = 100;

  /** Checks that no page is larger than those of AWS. */
  public StreamSettings {
    if (pageRecords < 1 || pageRecords > MOST_RECORDS) {
      throw new IllegalArgumentException("A page has 1 to 1000 records, not " + pageRecords);
    }
    if (pageBytes < 1 || pageBytes > MOST_BYTES) {
      throw new IllegalArgumentException("A page has 1 to 1048576 bytes, not " + pageBytes);
    }
    if (pageShards < 1 || pageShards > MOST_SHARDS) {
      throw new IllegalArgumentException("A page has 1 to 100 shards, not " + pageShards);
    }
    if (numbersPerDigit < 1 || iteratorReads < 1) {
      throw new IllegalArgumentException("Numbers a digit and reads an iterator are at least 1");
    }
  }

  /** The limits of AWS. */
  public static StreamSettings seeded(long seed) {
    return new StreamSettings(
        seed,
        MOST_RECORDS,
        MOST_BYTES,
        MOST_SHARDS,
        Duration.ofMinutes(15),
        Long.MAX_VALUE,
        10_000);
  }

  /** The same with smaller pages of records. */
  public StreamSettings pages(int records, long bytes) {
    return new StreamSettings(
        seed, records, bytes, pageShards, iteratorAge, iteratorReads, numbersPerDigit);
  }

  /** The same with smaller pages of shards. */
  public StreamSettings pagesOfShards(int shards) {
    return new StreamSettings(
        seed, pageRecords, pageBytes, shards, iteratorAge, iteratorReads, numbersPerDigit);
  }

  /** The same with iterators that expire earlier. */
  public StreamSettings iterators(Duration age, long reads) {
    return new StreamSettings(
        seed, pageRecords, pageBytes, pageShards, age, reads, numbersPerDigit);
  }

  /** The same with sequence numbers that grow otherwise. */
  public StreamSettings digits(long numbers) {
    return new StreamSettings(
        seed, pageRecords, pageBytes, pageShards, iteratorAge, iteratorReads, numbers);
  }
}
