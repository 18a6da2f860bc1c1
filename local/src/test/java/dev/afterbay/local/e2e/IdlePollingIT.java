package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterbay.local.stream.GeneratedChanges;
import dev.afterbay.local.stream.ScriptedStream;
import dev.afterbay.local.stream.ScriptedTable;
import dev.afterbay.local.stream.StreamCall;
import dev.afterbay.local.stream.StreamServer;
import dev.afterbay.local.stream.StreamSettings;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an idle table costs, and how long its next record waits. {@code -Dafterbay.it.idle=300}
 * watches twenty shards for so many seconds, with and without rests, and prints the figures.
 */
class IdlePollingIT {
  private static final int WATCHED = Integer.getInteger("afterbay.it.idle", 0);
  private static final Duration LATENCY = Duration.ofSeconds(10);

  /** After so long an idle shard rests for as long as it may. */
  private static final Duration SETTLED = Duration.ofSeconds(60);

  /** A reader that just began looks for old records for so long. */
  private static final Duration SEARCHED = Duration.ofSeconds(60);

  /** Longer than between two turns of a reader, even on a busy machine. */
  private static final Duration REST = Duration.ofSeconds(2);

  private static final int SHARDS = 20;
  private static final int ROUNDS = 3;

  @TempDir static Path dir;

  private static Stage stage;

  @BeforeAll
  static void open() {
    stage = Stage.open(dir);
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  void anIdleShardIsAskedLessOftenAndYetItsNextRecordAndItsChildAreReadInTime() {
    Watched watched = new Watched("Idle-Orders", 2);
    TableName table = watched.stream.table().name();
    try (StreamServer server = watched.serve()) {
      Setup setup = stage.setup("idle", "{ max-age: 1s }", server.endpoint(), table);
      try (ChildProcess worker = setup.run("one")) {
        setup.awaitRows(table, watched.append(20), worker);
        StreamShard shard = watched.stream.openShards().get(0);
        StreamShard other = watched.stream.openShards().get(1);

        await("a rest").atMost(Setup.PATIENCE).until(() -> watched.isLeftAlone(shard, REST));

        assertThat(watched.waitOfARecord(shard)).isLessThan(LATENCY);
        StreamShard child = watched.stream.roll(other);
        Instant rolled = Instant.now();
        watched.append(child);
        setup.awaitRows(table, watched.stream.account().records(), worker);
        assertThat(Duration.between(rolled, Instant.now())).isLessThan(LATENCY.multipliedBy(2));

        assertThat(worker.stop()).as(worker.err()).isZero();
      }
      setup.assertSound();
    }
  }

  @Test
  void theFiguresForTheRecord() {
    if (WATCHED > 0) {
      report("1s");
      report("10s");
    }
  }

  private static void report(String latency) {
    Watched watched = new Watched("Idle-Orders-" + latency, SHARDS);
    TableName table = watched.stream.table().name();
    try (StreamServer server = watched.serve()) {
      Setup setup =
          stage
              .setup("idle-" + latency, "{ max-age: 1s }", server.endpoint(), table)
              .edited("tables:", "poll: { idle-latency: " + latency + " }\ntables:");
      try (ChildProcess worker = setup.run("one")) {
        setup.awaitRows(table, watched.append(SHARDS * 20), worker);
        pass(SEARCHED.plus(SETTLED));
        long before = watched.calls();
        Instant from = Instant.now();
        pass(Duration.ofSeconds(WATCHED));
        double seconds = Duration.between(from, Instant.now()).toMillis() / 1000.0;
        double calls = (watched.calls() - before) / seconds / SHARDS * 3_600;
        List<Duration> waits = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
          waits.addAll(watched.waitsOfRecords());
          pass(SETTLED.plusSeconds(10));
        }
        waits.sort(null);
        Instant told = Instant.now();
        assertThat(worker.stop()).as(worker.err()).isZero();
        System.out.printf(
            Locale.ROOT,
            "idle-latency %s: %.0f GetRecords a shard and hour (%.2f M a month); a record after"
                + " silence waits %.1f s (median of %d), %.1f s at most; stopped in %.1f s%n",
            latency,
            calls,
            calls * 730 / 1e6,
            waits.get(waits.size() / 2).toMillis() / 1000.0,
            waits.size(),
            waits.get(waits.size() - 1).toMillis() / 1000.0,
            Duration.between(told, Instant.now()).toMillis() / 1000.0);
      }
    }
  }

  private static void pass(Duration time) {
    await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
  }

  /** A stream, and what is asked of it. */
  private static final class Watched {
    private final ScriptedStream stream;
    private final GeneratedChanges changes;
    private final SplittableRandom random = new SplittableRandom(3);
    private long seen;
    private Instant risen = Instant.now();

    Watched(String table, int shards) {
      stream =
          new ScriptedStream(
              ScriptedTable.named(table), StreamSettings.seeded(5), InstantSource.system());
      stream.enable(shards);
      changes =
          new GeneratedChanges(
              stream.table(),
              GeneratedChanges.Shape.ORDINARY.ofKeys(50),
              7,
              InstantSource.system());
    }

    StreamServer serve() {
      return StreamServer.startBefore(stage.aws().endpoints().dynamodb(), stream, 0);
    }

    long append(int records) {
      for (int i = 0; i < records; i++) {
        stream.append(changes.get());
      }
      return stream.account().records();
    }

    long calls() {
      return stream.faults().made(StreamCall.GET_RECORDS);
    }

    void append(StreamShard shard) {
      stream.append(shard, changes.get());
    }

    /** Whether the shard, of which this is to be asked time and again, was not read for so long. */
    boolean isLeftAlone(StreamShard shard, Duration time) {
      long now = calls(shard);
      if (now > seen) {
        seen = now;
        risen = Instant.now();
      }
      return Duration.between(risen, Instant.now()).compareTo(time) >= 0;
    }

    /** How long a record that is written to the shard now waits for a reader. */
    Duration waitOfARecord(StreamShard shard) {
      long before = calls(shard);
      append(shard);
      Instant written = Instant.now();
      await("the next read of " + shard)
          .pollInterval(Duration.ofMillis(10))
          .atMost(Setup.PATIENCE)
          .until(() -> calls(shard) > before);
      return Duration.between(written, Instant.now());
    }

    /** The same of a record for each shard, each written at its own moment. */
    List<Duration> waitsOfRecords() {
      return stream.openShards().stream()
          .map(
              shard -> {
                long phase = random.nextLong(LATENCY.toMillis());
                return CompletableFuture.supplyAsync(
                    () -> {
                      pass(Duration.ofMillis(phase));
                      return waitOfARecord(shard);
                    },
                    task -> new Thread(task).start());
              })
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    }

    private long calls(StreamShard shard) {
      return stream.faults().made(StreamCall.GET_RECORDS, shard.shard());
    }
  }
}
