package dev.afterbay.consumer.health;

import java.util.List;
import java.util.Locale;

/**
 * Whether the process is well, and what speaks against it.
 *
 * @param reasons sentences for a person; empty exactly when the status is {@link Status#HEALTHY}
 */
public record HealthReport(Status status, List<String> reasons) {
  /** Copies the reasons. */
  public HealthReport {
    reasons = List.copyOf(reasons);
    if (reasons.isEmpty() != (status == Status.HEALTHY)) {
      throw new IllegalArgumentException(
          "Status " + status + " does not go with " + reasons.size() + " reasons");
    }
  }

  /** The states of a process. */
  public enum Status {
    /** Nothing speaks against it. */
    HEALTHY,
    /** Not yet well, but young enough to be given time. */
    STARTING,
    /** To be replaced. */
    UNHEALTHY,
    /** On its way out, as it was told. */
    STOPPING;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether whoever watches the process should leave it alone. */
  public boolean healthy() {
    return status == Status.HEALTHY || status == Status.STARTING;
  }
}
