package dev.afterbay.consumer.cli;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.preflight.Preflight;
import dev.afterbay.consumer.preflight.TableKeys;
import dev.afterbay.consumer.query.CacheDirectory;
import dev.afterbay.consumer.query.LakeQuery;
import dev.afterbay.consumer.query.OutputFormat;
import dev.afterbay.consumer.query.SourceTable;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code afterbay query}: one question to the lake. */
@Command(
    name = "query",
    description = {
      "Ask the lake one question in SQL (DuckDB's), on this machine.",
      "The raw changes of table E-commerce-Data are e_commerce_data_changes; SHOW TABLES lists all."
    },
    footer = {
      "",
      "Examples:",
      "  afterbay query --config afterbay.yaml \"SHOW TABLES\"",
      "  afterbay query --config afterbay.yaml --format csv \\",
      "    \"SELECT cdc_op, count(*) FROM e_commerce_data_changes GROUP BY 1\"",
      "  afterbay query --config afterbay.yaml - < question.sql"
    })
final class QueryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = FormatConverter.class,
      description = "table, which cuts long cells (the default), csv or json.")
  private OutputFormat format;

  @Parameters(paramLabel = "SQL", description = "The question; - reads it from stdin.")
  private String sql;

  @Override
  public Integer call() throws IOException {
    AfterbayConfig read = config.read();
    String question =
        "-".equals(sql) ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : sql;
    if (question.isBlank()) {
      throw new Failure("There is no question; write for example \"SHOW TABLES\"");
    }
    PrintWriter err = spec.commandLine().getErr();
    Preflight.checkBucket(read);
    try (AwsClients aws = AwsClients.open(read, Patience.WORK);
        LakeQuery lake = open(read, aws, SourceTable.of(read))) {
      lake.notes().forEach(note -> err.println("afterbay: " + note));
      lake.ask(question, format.to(spec.commandLine().getOut()));
    }
    return ExitCode.OK;
  }

  /** The lake of a configuration with these tables in it, downloaded as far as it is not here. */
  static LakeQuery open(AfterbayConfig config, AwsClients aws, List<SourceTable> tables) {
    try (DownloadBar bar = new DownloadBar()) {
      return LakeQuery.open(
          new S3ObjectStore(aws.s3(), config.lake().bucket()),
          new Lake(config.lake().prefix()),
          tables,
          CacheDirectory.of(config, System.getenv()),
          table -> keys(config, table),
          bar);
    }
  }

  private static List<KeyAttribute> keys(AfterbayConfig config, TableName table) {
    try (AwsClients aws = AwsClients.open(config, Patience.ANSWER)) {
      return new TableKeys(config.region(), aws.dynamoDb()).of(table);
    }
  }

  /** Reads a format's name as the help spells it. */
  static final class FormatConverter implements ITypeConverter<OutputFormat> {
    @Override
    public OutputFormat convert(String name) {
      return Arrays.stream(OutputFormat.values())
          .filter(format -> format.toString().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + name + "' is not a format; write table, csv or json"));
    }
  }
}
