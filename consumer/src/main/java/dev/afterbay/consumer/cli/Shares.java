package dev.afterbay.consumer.cli;

import dev.afterbay.reconciliation.snapshot.Slice;
import dev.afterbay.transforms.change.StreamShard;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Which logs are in which slice: the same for all tasks, whatever logs come meanwhile. */
record Shares(Slice own) {
  boolean isOwn(StreamShard log) {
    return sliceOf(log) == own.number();
  }

  int sliceOf(StreamShard log) {
    CRC32 sum = new CRC32();
    sum.update((log.stream() + "/" + log.shard()).getBytes(StandardCharsets.UTF_8));
    return own.sliceOf((int) (sum.getValue() % Integer.MAX_VALUE) + 1);
  }
}
