package dev.afterbay.benchmarks.inprocess;

import dev.afterbay.consumer.pipeline.PipelineObserver;
import dev.afterbay.consumer.pipeline.VisibleSegment;
import dev.afterbay.sinks.segment.Tallies;
import dev.afterbay.transforms.change.StreamShard;
import java.time.Instant;

/** Nobody is told. */
public final class Unobserved implements PipelineObserver {
  @Override
  public void opened(StreamShard shard) {}

  @Override
  public void fetched(StreamShard shard) {}

  @Override
  public void caughtUp(StreamShard shard) {}

  @Override
  public void polled(StreamShard shard, int records, int duplicates) {}

  @Override
  public void committed(StreamShard shard, VisibleSegment segment) {}

  @Override
  public void completeThrough(StreamShard shard, Instant time) {}

  @Override
  public void counted(StreamShard shard, Tallies tallies) {}

  @Override
  public void quarantined(StreamShard shard, int records) {
    throw new IllegalStateException("A measured record went to quarantine on " + shard);
  }

  @Override
  public void gap(StreamShard shard) {}

  @Override
  public void ended(StreamShard shard) {}

  @Override
  public void released(StreamShard shard) {}
}
