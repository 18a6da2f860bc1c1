package dev.afterbay.local.torture;

import dev.afterbay.local.stream.Account;
import dev.afterbay.local.stream.ScriptedStream;
import dev.afterbay.local.torture.store.FaultProxy;
import dev.afterbay.local.torture.verdict.LakeFiles;
import dev.afterbay.local.torture.verdict.Trim;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trims that surely take something which nobody has: all workers are dead, so that whatever was
 * read and not committed is gone with them; no request is under way; and more records have come
 * since, of which the trim takes some and leaves some.
 */
final class Trimming {
  private static final int UNREAD = 10;
  private static final int LEFT = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ScriptedStream stream;
  private final Fleet fleet;
  private final FaultProxy store;
  private final LakeFiles lake;
  private final Journal journal;
  private final List<Trim> done = new ArrayList<>();

  Trimming(ScriptedStream stream, Fleet fleet, FaultProxy store, LakeFiles lake, Journal journal) {
    this.stream = stream;
    this.fleet = fleet;
    this.store = store;
    this.lake = lake;
    this.journal = journal;
  }

  /** The trims so far. */
  List<Trim> done() {
    return List.copyOf(done);
  }

  /** Trims a shard, unless an earlier trim is not told by the lake yet: two could look like one. */
  boolean trim(Act act) {
    if (lake.gaps().size() < done.size()) {
      journal.note("no trim: the gap of the last one is not recorded yet");
      return false;
    }
    fleet.killAndHold();
    try {
      StreamShard shard = act.among(stream.openShards());
      if (!Waiting.until(store::idle, PATIENCE)) {
        journal.note("no trim: a request is still under way");
        return false;
      }
      int readable = stream.account().of(shard).size();
      if (!Waiting.until(() -> grown(shard) >= readable + UNREAD + LEFT, PATIENCE)) {
        journal.note("no trim: too little is written to " + shard);
        return false;
      }
      SequenceNumber to = stream.account().of(shard).get(readable + UNREAD - 1).sequenceNumber();
      Optional<Account.Loss> loss = stream.trim(shard, readable + UNREAD - trimmed(shard));
      loss.ifPresent(
          gone -> {
            journal.note("trimmed %s up to %s".formatted(shard, gone.to()));
            done.add(new Trim(shard, to));
          });
      return loss.isPresent();
    } finally {
      fleet.release();
    }
  }

  private int grown(StreamShard shard) {
    return stream.account().of(shard).size();
  }

  private long trimmed(StreamShard shard) {
    return stream.account().losses().stream()
        .filter(loss -> loss.shard().equals(shard))
        .mapToLong(Account.Loss::records)
        .sum();
  }
}
