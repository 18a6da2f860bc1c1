package dev.afterbay.local.demo;

import java.util.List;

/** Commands of the service that end by themselves. */
public interface Commands {
  /**
   * What came of a command.
   *
   * @param code its exit code
   * @param out what it printed as its result
   * @param err what it said meanwhile
   */
  record Ended(int code, String out, String err) {}

  /** Runs a command to its end. */
  Ended run(List<String> arguments);
}
