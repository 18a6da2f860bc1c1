package dev.afterbay.local.torture;

import dev.afterbay.local.torture.verdict.Verdict;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a torture came to.
 *
 * @param acts how often each kind of act was done
 * @param storeFaults how often each fault was given to a request to the store
 * @param streamFaults how often each fault was given to a call of the stream
 * @param workers what became of the processes
 * @param reasons why workers stopped themselves, and how often for each reason
 * @param settled whether the lake had everything in time
 * @param dir where everything lies
 */
public record TortureResult(
    TortureSettings settings,
    Map<ActKind, Long> acts,
    Map<String, Long> storeFaults,
    Map<String, Long> streamFaults,
    Workers workers,
    Map<String, Long> reasons,
    boolean settled,
    Verdict verdict,
    Fsck fsck,
    Path dir) {
  /** Copies the counts. */
  public TortureResult {
    acts = Collections.unmodifiableMap(new LinkedHashMap<>(acts));
    storeFaults = Collections.unmodifiableMap(new LinkedHashMap<>(storeFaults));
    streamFaults = Collections.unmodifiableMap(new LinkedHashMap<>(streamFaults));
    reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
  }

  /**
   * What became of the processes.
   *
   * @param kills by SIGKILL
   * @param pauses by SIGSTOP
   * @param stoppedItself ends that nobody had asked for
   * @param stoppedBadly ends after SIGTERM with another code than 0
   * @param tooSlowToStop that had to be killed after SIGTERM
   */
  public record Workers(
      long started,
      long kills,
      long pauses,
      long stoppedItself,
      long stoppedBadly,
      long tooSlowToStop) {}

  /** The service's own verdict on the lake. */
  public record Fsck(boolean sound, long commits, long findings) {}

  /** Whether nothing was lost, doubled or damaged. */
  public boolean holds() {
    return settled && verdict.holds() && fsck.sound();
  }
}
