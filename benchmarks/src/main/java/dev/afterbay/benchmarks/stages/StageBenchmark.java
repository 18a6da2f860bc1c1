package dev.afterbay.benchmarks.stages;

import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.Opening;
import dev.afterbay.sinks.commit.Outcome;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeRow;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.toparquet.ParquetFile;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.fromstream.UndecodableRecordException;
import dev.afterbay.transforms.image.Digest;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.ordering.ShardCursor;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.Router;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The stages, each for a thousand records; the unit is one record. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx2g", "-XX:+UseSerialGC"})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class StageBenchmark {
  private static final Path SCRATCH = Path.of(System.getProperty("java.io.tmpdir"));
  private static final Router ROUTER = new Router(MeasuredEntities.all());

  /** Bytes of answers to change events with canonical images; no digest yet. */
  @Benchmark
  @OperationsPerInvocation(Batch.RECORDS)
  public List<ChangeEvent> decode(Batch batch) throws UndecodableRecordException {
    return batch.decoded();
  }

  /** The digests of both images. */
  @Benchmark
  @OperationsPerInvocation(Batch.RECORDS)
  public void digest(Batch batch, Blackhole hole) {
    for (ChangeEvent event : batch.events) {
      if (event.newImage() != null) {
        hole.consume(Digest.of(event.newImage().json()));
      }
      if (event.oldImage() != null) {
        hole.consume(Digest.of(event.oldImage().json()));
      }
    }
  }

  /** The cursor past each record, with the running digest; the images' digests are known. */
  @Benchmark
  @OperationsPerInvocation(Batch.RECORDS)
  public ShardCursor order(Batch batch) {
    ShardCursor cursor = ShardCursor.start();
    for (ChangeEvent event : batch.events) {
      cursor = cursor.accept(event).orElseThrow().cursor();
    }
    return cursor;
  }

  /** The entities of both images, among three. */
  @Benchmark
  @OperationsPerInvocation(Batch.RECORDS)
  public void route(Batch batch, Blackhole hole) {
    for (ChangeEvent event : batch.events) {
      if (event.newImage() != null) {
        hole.consume(routed(event.newImage().item()));
      }
      if (event.oldImage() != null) {
        hole.consume(routed(event.oldImage().item()));
      }
    }
  }

  private static @Nullable Entity routed(Item item) {
    return ROUTER.route(item);
  }

  /** Rows of raw changes; the images' texts and digests are known. */
  @Benchmark
  @OperationsPerInvocation(Batch.RECORDS)
  public void encode(Batch batch, Blackhole hole) {
    for (ChangeEvent event : batch.events) {
      hole.consume(batch.rows.rowsOf(batch.shard, event, Instant.EPOCH));
    }
  }

  /** The same with a typed row beside each, among three entities of ten columns. */
  @Benchmark
  @OperationsPerInvocation(Batch.RECORDS)
  public void encodeTyped(Batch batch, Blackhole hole) {
    for (ChangeEvent event : batch.events) {
      hole.consume(batch.typedRows.rowsOf(batch.shard, event, Instant.EPOCH));
    }
  }

  /** Rows of raw changes to a closed file. */
  @Benchmark
  @OperationsPerInvocation(Batch.RECORDS)
  public long parquet(Batch batch) throws IOException {
    LakeTable changes = LakeTable.changes(batch.table);
    ParquetFile file = new ParquetFile(changes.schema(), changes.plainColumns(), SCRATCH);
    for (RowMaker.Made made : batch.made) {
      for (LakeRow row : made.rows()) {
        file.append(row.row());
      }
    }
    file.finish();
    long bytes = file.bytes();
    file.discard();
    return bytes;
  }

  /** One commit of a segment of one record, with its file, on a store in memory. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public Outcome commit(Batch batch) {
    CommitLog log =
        new CommitLog(new MemoryObjectStore(), new Lake("lake"), SCRATCH, InstantSource.system());
    ShardLog shard = ((Opening.Opened) log.open(batch.shard)).log();
    Segment segment = shard.begin();
    ShardCursor.Accepted accepted = segment.cursor().accept(batch.events.get(0)).orElseThrow();
    segment.append(accepted.cursor(), batch.made.get(0).rows());
    return shard.commit(segment);
  }
}
