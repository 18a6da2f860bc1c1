package dev.afterbay.benchmarks.inprocess;

import dev.afterbay.benchmarks.load.Orders;
import dev.afterbay.benchmarks.load.PageReader;
import dev.afterbay.benchmarks.load.Pages;
import dev.afterbay.consumer.pipeline.MemoryBudget;
import dev.afterbay.consumer.pipeline.ReadingStart;
import dev.afterbay.consumer.pipeline.ShardPipeline;
import dev.afterbay.consumer.pipeline.StreamLedger;
import dev.afterbay.consumer.pipeline.TablePipelines;
import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.RollPolicy;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.transforms.fromstream.StreamedRecord;
import dev.afterbay.transforms.toavro.ChangesTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * The way of one shard's pages in the calling thread, by the worker's own classes: read, decode,
 * order, rows of raw changes with both digests and images, Parquet, one commit on a store in
 * memory. Only the transport, KCL and S3 are not there.
 */
public final class WholeWay implements AutoCloseable {
  private static final RollPolicy ONE_SEGMENT =
      new RollPolicy(Duration.ofDays(1), Long.MAX_VALUE, Long.MAX_VALUE);

  private final PageReader reader = new PageReader();
  private final Pages pages;
  private final Path scratch;

  /**
   * The way of these pages.
   *
   * @param scratch a folder for files in the making
   */
  public WholeWay(Pages pages, Path scratch) {
    this.pages = pages;
    this.scratch = scratch;
  }

  /**
   * Goes it once, into a lake of its own.
   *
   * @return the bytes of the Parquet files
   */
  public long go() {
    MemoryObjectStore store = new MemoryObjectStore();
    ShardPipeline pipeline = pipelines(store).open(pages.shard().shard());
    for (byte[] body : pages.bodies()) {
      for (StreamedRecord record : reader.read(body)) {
        pipeline.accept(record);
      }
      pipeline.commitIfDue();
    }
    pipeline.commitHeld();
    return store
        .list("", "")
        .filter(object -> object.key().value().endsWith(".parquet"))
        .mapToLong(object -> object.size())
        .sum();
  }

  private TablePipelines pipelines(MemoryObjectStore store) {
    InstantSource clock = InstantSource.system();
    MemoryBudget budget = MemoryBudget.ofThisProcess();
    Workspace workspace = new Workspace(scratch, budget::rowGroupBytes);
    ChangesTable changes = new ChangesTable(Orders.TABLE.keys());
    return new TablePipelines(
        pages.shard().table(),
        pages.shard().stream(),
        shard -> Optional.empty(),
        new StreamLedger(pages.shard().stream(), Instant.EPOCH, Set.of(pages.shard().shard())),
        () -> RowMaker.changes(changes),
        new CommitLog(store, new Lake("lake"), workspace, clock),
        ReadingStart.TRIM_HORIZON,
        ONE_SEGMENT,
        budget,
        clock,
        new Unobserved());
  }

  @Override
  public void close() {
    reader.close();
  }
}
