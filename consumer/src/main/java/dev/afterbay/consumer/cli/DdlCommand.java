package dev.afterbay.consumer.cli;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.catalog.DdlFiles;
import dev.afterbay.consumer.catalog.LakeTables;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.consumer.preflight.Preflight;
import dev.afterbay.consumer.preflight.TableKeys;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code afterbay ddl}: the catalog as statements. */
@Command(
    name = "ddl",
    description = {
      "Print the DDL that makes the lake's tables in Athena.",
      "The worker does that by itself, and makes the views, unless 'catalog: none' is configured."
    },
    footer = {
      "",
      "With --out, each statement is a file of its own, since Athena takes one at a time; the views",
      "and prepared queries, which are in the language of queries and not in that of the DDL, are",
      "among them."
    })
final class DdlCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write all statements to files in this directory instead.")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    AfterbayConfig read = config.read();
    Preflight.checkBucket(read);
    DdlFiles files = files(read);
    if (out == null) {
      PrintWriter printed = spec.commandLine().getOut();
      files.tables().values().forEach(statement -> printed.println(statement + ";\n"));
      printed.flush();
    } else {
      write(files.all(), out);
    }
    return ExitCode.OK;
  }

  private static DdlFiles files(AfterbayConfig config) {
    try (AwsClients aws = AwsClients.open(config, Patience.ANSWER)) {
      TableKeys keys = new TableKeys(config.region(), aws.dynamoDb());
      Map<TableName, List<KeyAttribute>> sources = new LinkedHashMap<>();
      for (TableConfig table : config.tables()) {
        sources.put(table.name(), keys.of(table));
      }
      DdlFiles files = new DdlFiles(config.database());
      LakeTables.of(
              config,
              sources,
              new S3ObjectStore(aws.s3(), config.lake().bucket()),
              new Lake(config.lake().prefix()),
              InstantSource.system())
          .get()
          .forEach(sited -> files.add(sited.catalog(), sited.site()));
      return files;
    }
  }

  private void write(Map<String, String> statements, Path directory) throws IOException {
    for (Map.Entry<String, String> statement : statements.entrySet()) {
      Path file = directory.resolve(statement.getKey());
      try {
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, statement.getValue() + "\n");
      } catch (IOException e) {
        throw new Failure("'" + file + "' cannot be written: " + e.getMessage(), e);
      }
    }
    spec.commandLine()
        .getErr()
        .println("afterbay: " + statements.size() + " statements in " + directory);
  }
}
