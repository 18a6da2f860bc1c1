package dev.afterbay.consumer.erasing;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.aws.TableItems;
import dev.afterbay.consumer.aws.TableShape;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.LakeLocation;
import dev.afterbay.consumer.status.LakeProgress;
import dev.afterbay.reconciliation.compare.LakeSide;
import dev.afterbay.reconciliation.compare.WorkFolder;
import dev.afterbay.reconciliation.erase.Erased;
import dev.afterbay.reconciliation.erase.ErasedKeys;
import dev.afterbay.reconciliation.erase.Erasure;
import dev.afterbay.reconciliation.erase.ErasureProgress;
import dev.afterbay.reconciliation.erase.OwnExports;
import dev.afterbay.reconciliation.restore.LakeKeys;
import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tocatalog.Pause;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.S3Erasing;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Erasures from the lake of one configured table, whether the table still exists or not. */
public final class TableErasure {
  private final AfterbayConfig config;
  private final TableName table;
  private final AwsClients aws;
  private final ObjectStore store;
  private final Lake lake;
  private final Path scratch;
  private final InstantSource clock;
  private final Fitness fitness;

  /**
   * Erasures from the lake of a table; nothing is read yet.
   *
   * @param scratch a folder of this process
   * @param pause while a worker makes visible what it has committed
   */
  public TableErasure(
      AfterbayConfig config,
      TableName table,
      AwsClients aws,
      Path scratch,
      InstantSource clock,
      Pause pause) {
    this.config = config;
    this.table = table;
    this.aws = aws;
    this.store = new S3ObjectStore(aws.s3(), config.lake().bucket());
    this.lake = new Lake(config.lake().prefix());
    this.scratch = scratch;
    this.clock = clock;
    this.fitness = new Fitness(store, lake, table, pause);
  }

  /**
   * What came of it, and what a user should know.
   *
   * @param sound whether the lake is what its log and the notes say
   * @param completeAt up to when the lake was complete before: later versions still come
   * @param stillThere how many of the items the table still has, of which newer versions may come
   */
  public record Outcome(
      Erased erased, boolean sound, Optional<Instant> completeAt, long stillThere) {}

  /**
   * Tells what would be erased.
   *
   * @param texts DynamoDB JSON of the keys
   * @throws Failure if a key is none, or the lake is not fit to be changed
   */
  public Outcome plan(List<String> texts, ErasureProgress progress) {
    Begun begun = begin(texts);
    return new Outcome(
        begun.erasure().plan(progress), true, begun.completeAt(), begun.stillThere());
  }

  /**
   * Erases. May be stopped at any moment and repeated.
   *
   * @param texts DynamoDB JSON of the keys
   * @throws Failure if a key is none, or the lake is not fit to be changed
   */
  public Outcome run(List<String> texts, ErasureProgress progress) {
    Begun begun = begin(texts);
    Instant now = clock.instant();
    Erased erased =
        begun
            .erasure()
            .run(
                new Erasure.Order(
                    Lake.moment(now) + "-" + UUID.randomUUID().toString().substring(0, 8),
                    now,
                    System.getProperty("user.name", "unknown")),
                progress);
    return new Outcome(
        erased,
        new LakeCheck(store, lake).check(table).sound(),
        begun.completeAt(),
        begun.stillThere());
  }

  private record Begun(Erasure erasure, Optional<Instant> completeAt, long stillThere) {}

  private Begun begin(List<String> texts) {
    Optional<TableShape> shape = TableShape.find(aws.dynamoDb(), table);
    ErasedKeys keys = keys(shape, texts);
    fitness.require();
    LakeLocation exports = config.reconciliation().exports();
    Erasure erasure =
        new Erasure(
            store,
            new S3Erasing(aws.s3(), config.lake().bucket()),
            lake,
            table,
            keys,
            new OwnExports(
                new S3ObjectStore(aws.s3(), exports.bucket()),
                new S3Erasing(aws.s3(), exports.bucket()),
                exports.prefix()),
            scratch);
    return new Begun(
        erasure,
        new LakeProgress(config, store, aws.dynamoDb(), clock).completeAt(table),
        shape.isEmpty() ? 0 : stillThere(texts));
  }

  private ErasedKeys keys(Optional<TableShape> shape, List<String> texts) {
    try {
      return ErasedKeys.of(shape.map(TableShape::keys).orElseGet(this::keysOfGone), texts);
    } catch (IllegalArgumentException e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  private List<KeyAttribute> keysOfGone() {
    try (WorkFolder folder = WorkFolder.in(scratch, "keys-")) {
      return LakeKeys.of(
          LakeSide.of(store, lake, table, clock.instant()), store, folder.path().resolve("files"));
    }
  }

  private long stillThere(List<String> texts) {
    TableItems items = new TableItems(aws.dynamoDb());
    return texts.stream().distinct().filter(key -> items.has(table, key)).count();
  }
}
