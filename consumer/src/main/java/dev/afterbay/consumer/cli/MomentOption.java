package dev.afterbay.consumer.cli;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names the moment of an export; a mixin for every command that has one. */
final class MomentOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description =
          "The moment to export, UTC, to the second. Default: now, or that of a snapshot begun.")
  private @Nullable Instant at;

  /**
   * The moment, if one was named.
   *
   * @throws ParameterException if it is still to come
   */
  Optional<Instant> until(Instant now) {
    if (at != null && at.isAfter(now)) {
      throw new ParameterException(
          command.commandLine(), "'--at': " + at + " is still to come; write a moment of the past");
    }
    return Optional.ofNullable(at);
  }
}
