package dev.afterbay.consumer.health;

/**
 * What was counted since the process started, or since it opened a shard.
 *
 * @param read records read that were not yet in the lake
 * @param duplicates records read that were already there, and dropped
 * @param records in the segments that became visible
 * @param commits segments that became visible
 * @param files in these segments
 * @param bytes of these files
 * @param quarantined records that were set aside raw
 * @param gaps that were recorded
 */
record Tally(
    long read,
    long duplicates,
    long records,
    long commits,
    long files,
    long bytes,
    long quarantined,
    long gaps) {
  static final Tally ZERO = new Tally(0, 0, 0, 0, 0, 0, 0, 0);

  Tally polled(int newRecords, int dropped) {
    return new Tally(
        read + newRecords, duplicates + dropped, records, commits, files, bytes, quarantined, gaps);
  }

  Tally committed(long inSegment, int itsFiles, long itsBytes) {
    return new Tally(
        read,
        duplicates,
        records + inSegment,
        commits + 1,
        files + itsFiles,
        bytes + itsBytes,
        quarantined,
        gaps);
  }

  Tally setAside(int refused) {
    return new Tally(read, duplicates, records, commits, files, bytes, quarantined + refused, gaps);
  }

  Tally gap() {
    return new Tally(read, duplicates, records, commits, files, bytes, quarantined, gaps + 1);
  }
}
