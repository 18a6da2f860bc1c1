package dev.afterbay.consumer.worker;

import dev.afterbay.transforms.change.ShardId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The part of the heap that the pages of all shards have together, from the call for a page until
 * its records are processed. A page is a megabyte of items at most, which take more than that as
 * bytes, and many times that as the SDK's objects.
 *
 * <p>Few full pages are better than many small ones: each page costs a request, and what waits is
 * copied by the collector. So a shard that wants a page waits until a full one has room, each in
 * its turn; but only for a while, then it gets a page that is as small as if all shards had theirs.
 * So nothing stands still, even if a page is lost on its way.
 *
 * <p>Nor is there more than one page ahead for each processor while all of them compute: pages that
 * stand in line longer cost more when their turn comes. If a processor is free, the calls are what
 * is slow, and as many are made as there is room for. Any thread may use it.
 */
final class PageRoom {
  /** The most that DynamoDB Streams gives at once. */
  static final int MOST = 1_000;

  /** A read that waits longer might be taken for one that hangs. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int SHARE_OF_HEAP = 64;

  /** What KCL may have of a shard: a page processed, one behind it, one queued, and one fetched. */
  private static final int PAGES_OF_A_SHARD = 4;

  /** What a record takes before one was seen: it has two images of a kilobyte, as bytes. */
  private static final long FIRST_GUESS = 4_000;

  /** What a megabyte of items may take as objects. */
  private static final long LARGEST_PAGE = 8L << 20;

  /** A page of half of what DynamoDB Streams gives at once takes more than that in any form. */
  private static final long NEARLY_FULL_BYTES = 1 << 19;

  /** A record's size is believed to shrink by no more than this from page to page. */
  private static final double SLOWLY = 0.8;

  private final long room;
  private final int processors;
  private final Duration patience;
  private final Map<ShardId, Reading> shards = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** Those that want a page, the first to come first; nobody but the first is ever woken. */
  private final Deque<Condition> waiting = new ArrayDeque<>();

  private long taken;

  /** Calls that are under way. */
  private int called;

  /** Pages that have a processor, or wait for nothing else. */
  private int ready;

  /**
   * Room for pages.
   *
   * @param room in bytes
   * @param processors how many pages are processed at a time
   * @param patience how long a shard waits for a full page
   */
  PageRoom(long room, int processors, Duration patience) {
    this.room = room;
    this.processors = processors;
    this.patience = patience;
  }

  /** The room in this process, from the heap that it may use. */
  static PageRoom ofThisProcess() {
    Runtime machine = Runtime.getRuntime();
    return new PageRoom(
        machine.maxMemory() / SHARE_OF_HEAP, machine.availableProcessors(), PATIENCE);
  }

  /** What is known of one shard. */
  private static final class Reading {
    /** The pages that are under way, oldest first. */
    private final Deque<Place> places = new ArrayDeque<>();

    private long recordBytes = FIRST_GUESS;
    private boolean nearlyFull;
  }

  /** How far a page is; one that has come may have to wait for its shard's earlier one. */
  private enum Stage {
    CALLED,
    COME,
    READY,
    GONE
  }

  /** The room of one page. */
  final class Place {
    private final ShardId shard;
    private final int limit;
    private long bytes;
    private Stage stage = Stage.GONE;

    private Place(ShardId shard, int limit, long bytes) {
      this.shard = shard;
      this.limit = limit;
      this.bytes = bytes;
    }

    /** How many records the page may have, from 1 to {@link #MOST}. */
    int limit() {
      return limit;
    }

    /**
     * The page has come.
     *
     * @param weight what its records take as objects, in bytes
     */
    void filled(int records, long weight) {
      PageRoom.this.filled(this, records, weight);
    }

    /** The call is over; if it has brought no records, there is nothing to have room for. */
    void leaveIfEmpty() {
      PageRoom.this.leaveIfEmpty(this);
    }

    /** Its shard is done with what came before, and wants a processor. */
    void ready() {
      PageRoom.this.ready(this);
    }

    /** The page is processed, and so are those of its shard that came before it. */
    void leave() {
      PageRoom.this.leave(this);
    }
  }

  /** Takes room for the next page of a shard; waits for it if need be. */
  Place take(ShardId shard) {
    lock.lock();
    try {
      Reading reading = shards.computeIfAbsent(shard, any -> new Reading());
      boolean full = awaitRoom(reading);
      long share = full ? room : room / ((long) PAGES_OF_A_SHARD * Math.max(1, shards.size()));
      int limit = (int) Math.max(1, Math.min(MOST, share / reading.recordBytes));
      Place place =
          new Place(shard, limit, Math.min(bytesOfPage(reading), limit * reading.recordBytes));
      taken += place.bytes;
      move(place, Stage.CALLED);
      shards.computeIfAbsent(shard, any -> reading).places.addLast(place);
      return place;
    } finally {
      wakeFirst();
      lock.unlock();
    }
  }

  /** Waits until it is this thread's turn and a full page is welcome; false if it gave up. */
  private boolean awaitRoom(Reading reading) {
    Condition woken = lock.newCondition();
    waiting.addLast(woken);
    try {
      long left = patience.toNanos();
      while (waiting.peekFirst() != woken || !hasRoom(reading) || isAhead()) {
        if (left <= 0) {
          return false;
        }
        left = woken.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting.remove(woken);
    }
  }

  private void wakeFirst() {
    Condition first = waiting.peekFirst();
    if (first != null) {
      first.signal();
    }
  }

  private boolean hasRoom(Reading reading) {
    return taken == 0 || taken + bytesOfPage(reading) <= room;
  }

  /** Whether all processors have a page, and a next one has come or is called for each. */
  private boolean isAhead() {
    return ready >= processors && called + ready >= 2 * processors;
  }

  private long bytesOfPage(Reading reading) {
    return Math.min(room, Math.min(LARGEST_PAGE, MOST * reading.recordBytes));
  }

  private void filled(Place place, int records, long weight) {
    change(
        place,
        reading -> {
          reading.nearlyFull =
              records > 0 && (2L * records >= place.limit || weight >= NEARLY_FULL_BYTES);
          if (records > 0) {
            move(place, Stage.COME);
            long each = Math.max(1, weight / records);
            reading.recordBytes = Math.max(each, (long) (reading.recordBytes * SLOWLY));
            taken += weight - place.bytes;
            place.bytes = weight;
          }
        });
  }

  private void ready(Place place) {
    change(place, any -> move(place, Stage.READY));
  }

  private void move(Place place, Stage stage) {
    called += changed(place, stage, Stage.CALLED);
    ready += changed(place, stage, Stage.READY);
    place.stage = stage;
  }

  private static int changed(Place place, Stage to, Stage counted) {
    return (to == counted ? 1 : 0) - (place.stage == counted ? 1 : 0);
  }

  private void leaveIfEmpty(Place place) {
    change(
        place,
        any -> {
          if (place.stage == Stage.CALLED) {
            leave(place);
          }
        });
  }

  private void leave(Place place) {
    change(
        place,
        reading -> {
          Place gone;
          do {
            gone = reading.places.removeFirst();
            vacate(gone);
          } while (gone != place);
        });
  }

  private void vacate(Place place) {
    taken -= place.bytes;
    move(place, Stage.GONE);
  }

  /** Changes something about a place that is under way still. */
  private void change(Place place, Consumer<Reading> change) {
    change(
        () -> {
          Reading reading = shards.get(place.shard);
          if (reading != null && reading.places.contains(place)) {
            change.accept(reading);
          }
        });
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      wakeFirst();
      lock.unlock();
    }
  }

  /** Whether the shard's last page was nearly as large as it could be: there is more behind it. */
  boolean nearlyFull(ShardId shard) {
    lock.lock();
    try {
      Reading reading = shards.get(shard);
      return reading != null && reading.nearlyFull;
    } finally {
      lock.unlock();
    }
  }

  /** This process reads the shard no more; what is under way of it nobody will process. */
  void closed(ShardId shard) {
    change(
        () -> {
          Reading reading = shards.remove(shard);
          if (reading != null) {
            reading.places.forEach(this::vacate);
          }
        });
  }
}
