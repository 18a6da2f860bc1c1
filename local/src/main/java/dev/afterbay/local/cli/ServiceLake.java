package dev.afterbay.local.cli;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.preflight.TableKeys;
import dev.afterbay.consumer.query.LakeQuery;
import dev.afterbay.consumer.query.Progress;
import dev.afterbay.consumer.query.Rows;
import dev.afterbay.consumer.query.SourceTable;
import dev.afterbay.local.demo.Lake;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import java.nio.file.Path;

/** The lake as {@code afterbay query} sees it, brought up to date for each question. */
final class ServiceLake implements Lake {
  private final AfterbayConfig config;
  private final Path cache;
  private final AwsClients aws;

  private ServiceLake(AfterbayConfig config, Path cache) {
    this.config = config;
    this.cache = cache;
    this.aws = AwsClients.open(config, Patience.WORK);
  }

  /** Opens the lake of a configuration; what is downloaded stays beside the file. */
  static Lake open(Path config) {
    return new ServiceLake(AfterbayConfig.read(config), config.resolveSibling("query-cache"));
  }

  @Override
  public Answer ask(String sql) {
    try (LakeQuery query =
        LakeQuery.open(
            new S3ObjectStore(aws.s3(), config.lake().bucket()),
            new dev.afterbay.sinks.segment.Lake(config.lake().prefix()),
            SourceTable.of(config),
            cache,
            new TableKeys(config.region(), aws.dynamoDb())::of,
            Progress.SILENT)) {
      Rows rows = query.rows(sql);
      return new Answer(rows.columns(), rows.rows());
    }
  }

  @Override
  public void close() {
    aws.close();
  }
}
