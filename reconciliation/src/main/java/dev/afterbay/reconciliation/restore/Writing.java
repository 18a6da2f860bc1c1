package dev.afterbay.reconciliation.restore;

import dev.afterbay.sinks.tocatalog.Pause;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Puts items, some batches at once, and what is not taken again and again. */
final class Writing implements AutoCloseable {
  private static final int BATCHES_AT_ONCE = 8;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** Ten minutes in which not one item of a batch is taken are no throttling. */
  private static final int MOST_IN_VAIN = 120;

  private final TargetTable target;
  private final WriteRate rate;
  private final Pause pause;
  private final RestoreProgress progress;
  private final ExecutorService threads = Executors.newFixedThreadPool(BATCHES_AT_ONCE);
  private final Semaphore room = new Semaphore(2 * BATCHES_AT_ONCE);
  private final List<Future<?>> batches = new ArrayList<>();
  private List<Item> batch = new ArrayList<>();
  private int units;
  private long written;

  Writing(TargetTable target, WriteRate rate, Pause pause, RestoreProgress progress) {
    this.target = target;
    this.rate = rate;
    this.pause = pause;
    this.progress = progress;
  }

  /** Takes an item; it is put sooner or later. */
  void add(Item item) {
    batch.add(item);
    units += WriteRate.units(Image.of(item).json().getBytes(StandardCharsets.UTF_8).length);
    if (batch.size() == TargetTable.MOST_AT_ONCE) {
      send();
    }
  }

  /** Waits until all are put; how many there were. */
  long end() {
    send();
    collect(true);
    return written;
  }

  private void send() {
    if (batch.isEmpty()) {
      return;
    }
    try {
      rate.take(units);
      room.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RestoreException("Interrupted; repeat the command, it goes on", e);
    }
    List<Item> full = batch;
    written += full.size();
    batches.add(threads.submit(() -> put(full)));
    batch = new ArrayList<>();
    units = 0;
    collect(false);
  }

  private void put(List<Item> items) {
    try {
      List<Item> rest = items;
      Duration wait = FIRST_PAUSE;
      int inVain = 0;
      while (!rest.isEmpty()) {
        List<Item> left = target.put(rest);
        progress.wrote(rest.size() - left.size());
        if (!left.isEmpty()) {
          inVain = left.size() == rest.size() ? inVain + 1 : 0;
          if (inVain == MOST_IN_VAIN) {
            throw new RestoreException(
                "Table '"
                    + target.name()
                    + "' takes no more items; is it throttled by a limit of its own? Repeat the"
                    + " command with a lower --rate: it goes on");
          }
          pause.rest(wait);
          wait =
              wait.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                  ? wait.multipliedBy(2)
                  : LONGEST_PAUSE;
        }
        rest = left;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      room.release();
    }
  }

  /** Tells of the first batch that failed; all that are done are forgotten. */
  private void collect(boolean all) {
    for (Future<?> each : List.copyOf(batches)) {
      if (all || each.isDone()) {
        batches.remove(each);
        try {
          each.get();
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException cause) {
            throw cause;
          }
          throw new RestoreException("Items cannot be written", e);
        } catch (InterruptedException | CancellationException e) {
          Thread.currentThread().interrupt();
          throw new RestoreException("Interrupted; repeat the command, it goes on", e);
        }
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
