package dev.afterbay.consumer.aws;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.LakeLocation;
import dev.afterbay.reconciliation.export.ExportClient;
import dev.afterbay.reconciliation.export.ExportPlace;
import dev.afterbay.reconciliation.fromdynamodb.DynamoDbExports;
import dev.afterbay.sinks.tocatalog.Pause;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How exports of the configured tables are had.
 *
 * @param store the bucket that they go to
 * @param place where in it
 * @param client has them made
 */
public record ExportAccess(ObjectStore store, ExportPlace place, ExportClient client) {
  /** Lets the thread sleep. */
  public static final Pause SLEEP = time -> TimeUnit.MILLISECONDS.sleep(time.toMillis());

  /** Exports take minutes; the stand-in of a local AWS takes less than a second. */
  private static final Duration POLL = Duration.ofSeconds(10);

  private static final Duration POLL_LOCAL = Duration.ofMillis(500);

  /** The access that a configuration tells of. */
  public static ExportAccess of(AfterbayConfig config, AwsClients aws) {
    LakeLocation exports = config.reconciliation().exports();
    ObjectStore store = new S3ObjectStore(aws.s3(), exports.bucket());
    return new ExportAccess(
        store,
        new ExportPlace(exports.bucket(), exports.prefix()),
        new ExportClient(
            new DynamoDbExports(aws.dynamoDb()),
            store,
            config.endpoints().local() ? POLL_LOCAL : POLL,
            SLEEP));
  }
}
