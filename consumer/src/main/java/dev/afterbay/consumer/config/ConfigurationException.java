package dev.afterbay.consumer.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; carries every mistake in it, in the order of the file. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  ConfigurationException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** The mistakes, in the order of the file; at least one. */
  public List<Problem> problems() {
    return problems;
  }
}
