package dev.afterbay.local.torture;

import dev.afterbay.local.stream.Account;
import dev.afterbay.local.stream.Change;
import dev.afterbay.local.stream.GeneratedChanges;
import dev.afterbay.local.stream.ScriptedStream;
import dev.afterbay.local.stream.SteadyLoad;
import dev.afterbay.local.torture.verdict.Images;
import dev.afterbay.local.torture.verdict.Written;
import dev.afterbay.transforms.change.StreamShard;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The changes that are made to the table, steady and in bursts, and what was written of them. */
final class Load implements AutoCloseable {
  private static final GeneratedChanges.Shape SHAPE =
      new GeneratedChanges.Shape(500, 0.3, 250, 0.1, 0.2, 0.05);
  private static final int BURST = 5;

  private final ScriptedStream stream;
  private final GeneratedChanges changes;
  private final int perSecond;

  /** Of each change, in the order in which they were appended. */
  private final List<String> images = new ArrayList<>();

  private @Nullable SteadyLoad steady;
  private @Nullable SteadyLoad burst;

  Load(ScriptedStream stream, int perSecond, long seed, InstantSource clock) {
    this.stream = stream;
    this.perSecond = perSecond;
    this.changes = new GeneratedChanges(stream.table(), SHAPE, seed, clock);
  }

  synchronized void start() {
    steady = SteadyLoad.start(stream, this::next, perSecond);
  }

  synchronized boolean startBurst() {
    if (burst != null) {
      return false;
    }
    burst = SteadyLoad.start(stream, this::next, BURST * perSecond);
    return true;
  }

  synchronized void endBurst() {
    if (burst != null) {
      burst.close();
      burst = null;
    }
  }

  /** Called while the stream is locked, by whoever appends the change. */
  private Change next() {
    Change change = changes.get();
    images.add(Images.digest(change.newImage(), change.oldImage()));
    return change;
  }

  /** Nothing is written any more. */
  synchronized void end() {
    endBurst();
    if (steady != null) {
      steady.close();
      steady = null;
    }
  }

  @Override
  public void close() {
    end();
  }

  /**
   * What was written. Sequence numbers rise through all shards, so that the n-th of them is that of
   * the n-th change.
   */
  List<Written> written() {
    record At(StreamShard shard, Account.Line line) {}

    synchronized (stream) {
      List<At> lines =
          stream.account().shards().stream()
              .flatMap(
                  shard -> stream.account().of(shard).stream().map(line -> new At(shard, line)))
              .sorted(Comparator.comparing(at -> at.line().sequenceNumber()))
              .toList();
      if (lines.size() != images.size()) {
        throw new TortureException(
            "%d changes were made, but %d were appended".formatted(images.size(), lines.size()));
      }
      List<Written> written = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        At at = lines.get(i);
        written.add(
            new Written(
                at.shard(),
                at.line().sequenceNumber(),
                at.line().key(),
                at.line().operation(),
                images.get(i)));
      }
      return written;
    }
  }
}
