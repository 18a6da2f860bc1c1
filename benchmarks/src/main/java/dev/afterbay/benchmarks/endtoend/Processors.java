package dev.afterbay.benchmarks.endtoend;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where the measured process runs, and those around it.
 *
 * @param measured what stands before its command
 * @param others what stands before theirs
 */
record Processors(List<String> measured, List<String> others) {
  /** Everything runs wherever the system puts it. */
  static final Processors SHARED = new Processors(List.of(), List.of());

  /**
   * The measured process has one for itself, as on one vCPU, and the others have the rest.
   *
   * @param number of the processor, from 0; below that they are shared
   */
  static Processors of(int number) {
    if (number < 0) {
      return SHARED;
    }
    int all = Runtime.getRuntime().availableProcessors();
    if (number >= all || all < 2) {
      throw new IllegalArgumentException(
          "There is no processor " + number + " beside others: this machine has " + all);
    }
    String rest =
        IntStream.range(0, all)
            .filter(other -> other != number)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    return new Processors(on(Integer.toString(number)), on(rest));
  }

  private static List<String> on(String list) {
    return List.of("taskset", "-c", list);
  }
}
