package dev.afterbay.local.glue;

import dev.afterbay.local.awsjson.RefusedCallException;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a test has put between the calls and the catalog. */
final class Interventions {
  private final Map<String, Queue<Runnable>> acts = new ConcurrentHashMap<>();
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();

  void before(String operation, Runnable act) {
    acts.computeIfAbsent(operation, name -> new ConcurrentLinkedQueue<>()).add(act);
  }

  void refuse(String operation, String errorType, String message) {
    refusals.put(operation, new Refusal(errorType, message));
  }

  void allow(String operation) {
    refusals.remove(operation);
  }

  /**
   * Refuses the call if it is to be refused; else does what is to be done before it. No lock is
   * held meanwhile, so an act may itself call the server.
   */
  void meet(String operation) {
    Refusal refusal = refusals.get(operation);
    if (refusal != null) {
      throw new RefusedCallException(refusal.errorType(), refusal.message());
    }
    Optional.ofNullable(acts.get(operation)).map(Queue::poll).ifPresent(Runnable::run);
  }

  private record Refusal(String errorType, String message) {}
}
