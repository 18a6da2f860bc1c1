package dev.afterbay.consumer.worker;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until a scheduler has stopped, or has nothing left to do.
 *
 * <p>KCL ends its graceful stop once every shard has had the notice. A shard that waits for its
 * parent does not get it before the parent is read to its end, and one that has just ended may be
 * passed over: then KCL waits for ever, with all records committed.
 */
final class OrderlyStop {
  private static final Logger LOG = LoggerFactory.getLogger(OrderlyStop.class);
  private static final long LOOK_MILLIS = 100;

  private OrderlyStop() {}

  /**
   * Returns once KCL is done, or nothing has been held for a while, or time is up.
   *
   * @param kcl KCL's graceful stop, which has begun
   * @param nothingHeld whether every record that was read is committed
   * @param patience for all of it
   * @param rest for KCL, once nothing is held
   * @return whether nothing is held
   */
  static boolean await(
      Future<Boolean> kcl, BooleanSupplier nothingHeld, Duration patience, Duration rest)
      throws InterruptedException {
    long begun = System.nanoTime();
    long held = begun;
    while (System.nanoTime() - begun < patience.toNanos()) {
      try {
        return kcl.get(LOOK_MILLIS, TimeUnit.MILLISECONDS) || nothingHeld.getAsBoolean();
      } catch (ExecutionException e) {
        LOG.warn("KCL could not stop in order", e.getCause());
        return nothingHeld.getAsBoolean();
      } catch (TimeoutException e) {
        if (!nothingHeld.getAsBoolean()) {
          held = System.nanoTime();
        } else if (System.nanoTime() - held >= rest.toNanos()) {
          return true;
        }
      }
    }
    return nothingHeld.getAsBoolean();
  }
}
