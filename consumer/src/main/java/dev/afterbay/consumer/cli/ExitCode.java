package dev.afterbay.consumer.cli;

/** What the process tells a script. */
public final class ExitCode {
  /** It is done. */
  public static final int OK = 0;

  /** It could not be done. */
  public static final int FAILED = 1;

  /** The command line or the configuration is wrong. */
  public static final int USAGE = 2;

  /** It is done, and what it found is bad: a drift, a gap, a damaged lake. */
  public static final int VERDICT = 3;

  private ExitCode() {}
}
