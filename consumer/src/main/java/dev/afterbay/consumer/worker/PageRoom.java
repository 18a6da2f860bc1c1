package dev.afterbay.consumer.worker;

import dev.afterbay.transforms.change.ShardId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many records a GetRecords call of this process may ask for, so that the pages of all its
 * shards have room in the heap together. A page is a megabyte of items at most, but several times
 * that as objects.
 *
 * <p>It is computed anew for each request from what the pages before were like; nothing is lent
 * out, so nothing can be lost. Any thread may use it.
 */
final class PageLimit {
  /** The most that DynamoDB Streams gives at once. */
  static final int MOST = 1_000;

  private static final int SHARE_OF_HEAP = 8;

  /** What KCL has of a shard: a page processed, one behind it, one queued, and one fetched. */
  private static final int PAGES_OF_A_SHARD = 4;

  /** What a record takes before one was seen: it has two images of a kilobyte. */
  private static final long FIRST_GUESS = 10_000;

  /** A page of half of what DynamoDB Streams gives at once takes more than that as objects. */
  private static final long NEARLY_FULL_BYTES = 1 << 20;

  /** A record's size is believed to shrink by no more than this from page to page. */
  private static final double SLOWLY = 0.8;

  private final long room;
  private final Map<ShardId, Reading> shards = new ConcurrentHashMap<>();

  /** What is known of one shard: what a record of it takes, and how its last page was. */
  private record Reading(long recordBytes, int asked, boolean nearlyFull) {
    static final Reading FIRST = new Reading(FIRST_GUESS, MOST, false);

    Reading asking(int limit) {
      return new Reading(recordBytes, limit, nearlyFull);
    }

    Reading seen(int records, long bytes) {
      boolean full = 2L * records >= asked || bytes >= NEARLY_FULL_BYTES;
      if (records == 0) {
        return new Reading(recordBytes, asked, false);
      }
      long each = Math.max(1, bytes / records);
      return new Reading(Math.max(each, (long) (recordBytes * SLOWLY)), asked, full);
    }
  }

  PageLimit(long room) {
    this.room = room;
  }

  /** The limit for this process, from the heap that it may use. */
  static PageLimit ofThisProcess() {
    return new PageLimit(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  /** How many records the next request for a shard may ask for, from 1 to {@link #MOST}. */
  int next(ShardId shard) {
    Reading before = shards.computeIfAbsent(shard, any -> Reading.FIRST);
    long page = room / ((long) PAGES_OF_A_SHARD * shards.size());
    int limit = (int) Math.max(1, Math.min(MOST, page / before.recordBytes()));
    shards.computeIfPresent(shard, (any, reading) -> reading.asking(limit));
    return limit;
  }

  /**
   * A page of a shard has come.
   *
   * @param bytes that its records take as objects, as {@link RecordWeight} tells
   */
  void seen(ShardId shard, int records, long bytes) {
    shards.computeIfPresent(shard, (any, reading) -> reading.seen(records, bytes));
  }

  /** Whether the shard's last page was nearly as large as it could be: there is more behind it. */
  boolean nearlyFull(ShardId shard) {
    Reading reading = shards.get(shard);
    return reading != null && reading.nearlyFull();
  }

  /** This process reads the shard no more. */
  void closed(ShardId shard) {
    shards.remove(shard);
  }
}
