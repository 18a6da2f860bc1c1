package dev.afterbay.consumer.cli;

import dev.afterbay.consumer.config.AfterbayConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the configuration; a mixin for every command that has one. */
public final class ConfigOption {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration file (YAML).")
  private Path file;

  /** The file. */
  Path file() {
    return file;
  }

  /** Reads the file. */
  public AfterbayConfig read() {
    return AfterbayConfig.read(file);
  }
}
