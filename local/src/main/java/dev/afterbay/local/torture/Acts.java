package dev.afterbay.local.torture;

import dev.afterbay.local.stream.Fault;
import dev.afterbay.local.stream.Faults;
import dev.afterbay.local.stream.ScriptedStream;
import dev.afterbay.local.stream.StreamCall;
import dev.afterbay.local.torture.LeaseRows.Row;
import dev.afterbay.local.torture.store.StoreFaults;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Does the acts of a script, one at a time. What ends later by itself does so in the background.
 */
final class Acts implements AutoCloseable {
  /** The share of the requests to the store that fail between the phases. */
  private static final double COMMON_STORE_FAULTS = 0.02;

  /** The share of them that fail in a phase; in the last one the store is as good as gone. */
  private static final List<Double> STORE_PHASES = List.of(0.1, 0.25, 0.5, 0.8, 1.0);

  private static final int MOST_SHARDS_FOR_ONE = 3;

  private final ScriptedStream stream;
  private final Fleet fleet;
  private final LeaseRows leases;
  private final StoreFaults store;
  private final Load load;
  private final Trimming trimming;
  private final Journal journal;
  private final int mostShards;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "end-of-phases");
            thread.setDaemon(true);
            return thread;
          });

  Acts(
      ScriptedStream stream,
      Fleet fleet,
      LeaseRows leases,
      StoreFaults store,
      Load load,
      Trimming trimming,
      Journal journal) {
    this.stream = stream;
    this.fleet = fleet;
    this.leases = leases;
    this.store = store;
    this.load = load;
    this.trimming = trimming;
    this.journal = journal;
    this.mostShards = MOST_SHARDS_FOR_ONE * stream.openShards().size();
  }

  /** Requests to the store fail now and then from now on. */
  void begin() {
    store.failing(COMMON_STORE_FAULTS);
  }

  /** Does one act, if it can be done now, and counts it. */
  void perform(Act act) {
    String title = act.kind().title();
    boolean done;
    try {
      done = attempt(act);
    } catch (SdkException e) {
      journal.note(title + " failed: " + e.getMessage());
      done = false;
    }
    journal.note(title + (done ? "" : ": not possible now"));
    journal.count(done ? title : "not possible");
  }

  private boolean attempt(Act act) {
    return switch (act.kind()) {
      case KILL -> fleet.kill(act, absence(act));
      case REPLACE -> fleet.replace(act);
      case PAUSE -> fleet.pause(act, act.between(Duration.ofMillis(200), Duration.ofSeconds(4)));
      case LONG_PAUSE ->
          fleet.pause(act, act.between(Duration.ofSeconds(12), Duration.ofSeconds(25)));
      case TERMINATE -> fleet.terminate(act);
      case STEAL_LEASE -> steal(act);
      case CHECKPOINT_BACK -> checkpointBack(act);
      case CHECKPOINT_AHEAD -> checkpointAhead(act);
      case SPLIT -> split(act);
      case ROLL -> roll(act);
      case STREAM_FAULTS -> streamFaults(act);
      case STORE_FAULTS -> storeFaults(act);
      case BURST -> burst(act);
      case TRIM -> trimming.trim(act);
      case DROP_LEASES -> dropLeases(act);
      case ROLL_ALL -> !stream.rollAll().isEmpty();
    };
  }

  /**
   * Half of the killed come back at once; the others are missed first, up to losing their leases.
   */
  private static Duration absence(Act act) {
    return act.force() < 0.5
        ? Duration.ZERO
        : Duration.ofSeconds(1).plusMillis((long) ((act.force() - 0.5) * 2 * 14_000));
  }

  private boolean steal(Act act) {
    List<Row> owned = owned();
    if (owned.isEmpty()) {
      return false;
    }
    Row row = act.among(owned);
    List<String> thieves = new ArrayList<>(fleet.workerIds());
    thieves.remove(row.owner().orElse(""));
    thieves.add("ghost");
    String thief = thieves.get((int) (act.force() * thieves.size()));
    journal.note("the lease of %s goes from %s to %s".formatted(row.shard(), row.owner(), thief));
    return leases.steal(row, thief);
  }

  private List<Row> owned() {
    return leases.rows().stream().filter(row -> row.owner().isPresent()).toList();
  }

  private boolean checkpointBack(Act act) {
    List<Row> rows = owned();
    return !rows.isEmpty() && checkpoint(act.among(rows), "TRIM_HORIZON");
  }

  private boolean checkpointAhead(Act act) {
    List<StreamShard> open = stream.openShards();
    List<Row> rows =
        owned().stream()
            .filter(row -> open.stream().anyMatch(shard -> named(shard, row)))
            .filter(row -> newest(row).isPresent())
            .toList();
    if (rows.isEmpty()) {
      return false;
    }
    Row row = act.among(rows);
    return checkpoint(row, newest(row).orElseThrow());
  }

  private boolean checkpoint(Row row, String checkpoint) {
    journal.note("the checkpoint of %s becomes %s".formatted(row.shard(), checkpoint));
    boolean done = leases.checkpoint(row, checkpoint);
    row.owner().ifPresent(fleet::kill);
    return done;
  }

  /** The newest record of a shard, spelled as the stream spells it. */
  private Optional<String> newest(Row row) {
    return stream.account().shards().stream()
        .filter(shard -> named(shard, row))
        .flatMap(shard -> stream.account().of(shard).stream())
        .reduce((before, after) -> after)
        .map(line -> new BigInteger(line.sequenceNumber().padded()).toString());
  }

  private static boolean named(StreamShard shard, Row row) {
    return shard.shard().equals(new ShardId(row.shard()));
  }

  private boolean split(Act act) {
    List<StreamShard> open = stream.openShards();
    if (open.size() >= mostShards) {
      return false;
    }
    stream.split(act.among(open));
    return true;
  }

  private boolean roll(Act act) {
    stream.roll(act.among(stream.openShards()));
    return true;
  }

  private boolean streamFaults(Act act) {
    Faults faults = stream.faults();
    faults.clear();
    double share = 0.02 + 0.13 * act.pick();
    for (StreamCall call : StreamCall.values()) {
      faults.sometimes(call, share, Fault.rateExceeded());
      faults.sometimes(call, share, Fault.throttled());
      faults.sometimes(call, share, throughputExceeded());
      faults.sometimes(call, share, Fault.internalError());
      faults.sometimes(call, share, Fault.unavailable());
      faults.sometimes(call, share / 2, new Fault.Slow(Duration.ofMillis(700)));
      faults.sometimes(call, share / 5, new Fault.Silence(Duration.ofMillis(1_500)));
    }
    faults.sometimes(StreamCall.GET_RECORDS, share, Fault.expired());
    Duration length = act.between(Duration.ofSeconds(3), Duration.ofSeconds(12));
    journal.note("the stream fails %.2f for %s".formatted(share, length));
    after(length, faults::clear);
    return true;
  }

  private static Fault throughputExceeded() {
    return new Fault.Refusal(
        "ProvisionedThroughputExceededException", 400, "The level of throughput is exceeded");
  }

  private boolean storeFaults(Act act) {
    double share = act.among(STORE_PHASES);
    Duration length = act.between(Duration.ofSeconds(3), Duration.ofSeconds(15));
    journal.note("the store fails %.2f for %s".formatted(share, length));
    store.failing(share);
    after(length, this::begin);
    return true;
  }

  private boolean burst(Act act) {
    boolean started = load.startBurst();
    after(act.between(Duration.ofSeconds(3), Duration.ofSeconds(10)), load::endBurst);
    return started;
  }

  private boolean dropLeases(Act act) {
    boolean dropped = leases.drop();
    Waiting.pause(act.between(Duration.ZERO, Duration.ofSeconds(3)));
    if (act.pick() < 0.5) {
      fleet.killAll();
    } else {
      fleet.terminateAll();
    }
    return dropped;
  }

  private void after(Duration delay, Runnable action) {
    var unused = later.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends all that goes on in the background. */
  @Override
  public void close() {
    later.shutdownNow();
    store.failing(0);
    stream.faults().clear();
    load.endBurst();
  }
}
