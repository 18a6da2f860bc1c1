package dev.afterbay.local.workload;

/** A scenario cannot be read, or the service did not answer as the scenario says it must. */
public final class ScenarioException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScenarioException(String message) {
    super(message);
  }

  ScenarioException(String message, Throwable cause) {
    super(message, cause);
  }
}
