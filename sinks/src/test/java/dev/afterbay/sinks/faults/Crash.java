package dev.afterbay.sinks.faults;

/** The end of a writer's process. */
public final class Crash extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Crash() {
    super("the process ended", null, false, false);
  }
}
