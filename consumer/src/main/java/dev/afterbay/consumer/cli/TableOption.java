package dev.afterbay.consumer.cli;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.consumer.preflight.Preflight;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.transforms.change.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names one table; a mixin for every command that is for all tables or one. */
final class TableOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "Only this table. Default: all of the configuration.")
  private @Nullable String only;

  /**
   * The wanted tables.
   *
   * @throws ParameterException if the configuration does not have the one that was named
   */
  List<TableName> of(AfterbayConfig config) {
    List<TableName> all = config.tables().stream().map(TableConfig::name).toList();
    List<TableName> wanted =
        all.stream().filter(name -> only == null || name.value().equals(only)).toList();
    if (wanted.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          "'"
              + only
              + "' is not a table of the configuration; it has "
              + String.join(", ", all.stream().map(TableName::value).toList()));
    }
    return wanted;
  }

  /**
   * The only wanted table.
   *
   * @throws ParameterException if there are several
   */
  TableName one(AfterbayConfig config) {
    List<TableName> wanted = of(config);
    if (wanted.size() > 1) {
      throw new ParameterException(
          command.commandLine(), "The configuration has several tables; name one with --table");
    }
    return wanted.get(0);
  }

  /** What DynamoDB says of the wanted tables, once all of the configuration are known to be fit. */
  List<TableFacts> fit(AfterbayConfig config) {
    List<TableName> wanted = of(config);
    return Preflight.check(config).stream()
        .filter(facts -> wanted.contains(facts.table()))
        .toList();
  }
}
