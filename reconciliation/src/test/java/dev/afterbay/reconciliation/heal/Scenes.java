package dev.afterbay.reconciliation.heal;

import dev.afterbay.reconciliation.export.ExportClient;
import dev.afterbay.reconciliation.export.ExportPlace;
import dev.afterbay.reconciliation.export.ExportProgress;
import dev.afterbay.reconciliation.export.MemoryExports;
import dev.afterbay.reconciliation.heal.World.Change;
import dev.afterbay.sinks.duck.SharedDuck;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.Origin;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.ordering.ChangeOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Lakes that lack something, and their healing. */
final class Scenes {
  private final Path dir;

  Scenes(Path dir) {
    this.dir = dir;
  }

  /** A lake with gaps, and when all of it has happened. */
  record Scene(World world, MemoryObjectStore store, Instant now) {}

  /** A version as the lake tells it. */
  record Version(ChangeOrder.Place place, String digest, Origin origin) {}

  Map<String, List<Version>> versions(MemoryObjectStore store) throws IOException {
    Map<String, List<Version>> versions = new TreeMap<>();
    Path folder = Files.createTempDirectory(dir, "rows-");
    int files = 0;
    for (Map.Entry<ObjectKey, byte[]> object : store.objects().entrySet()) {
      if (object.getKey().value().contains("/changes/")) {
        Files.write(folder.resolve(files++ + ".parquet"), object.getValue());
      }
    }
    try (Connection duck = SharedDuck.session();
        Statement statement = duck.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT PK, cdc_stream, cdc_seq, epoch_us(cdc_time), coalesce(cdc_digest, '-'),"
                    + " cdc_origin FROM read_parquet('"
                    + folder
                    + "/*.parquet')")) {
      while (row.next()) {
        versions
            .computeIfAbsent(row.getString(1), key -> new ArrayList<>())
            .add(
                new Version(
                    new ChangeOrder.Place(
                        new StreamLabel(row.getString(2)),
                        new SequenceNumber(row.getString(3)),
                        Instant.EPOCH.plus(row.getLong(4), ChronoUnit.MICROS)),
                    row.getString(5),
                    Origin.valueOf(row.getString(6))));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return versions;
  }

  List<GapState> heal(Scene scene, ObjectStore store) throws IOException, InterruptedException {
    MemoryObjectStore exported = new MemoryObjectStore();
    return heal(
        scene,
        store,
        exported,
        new MemoryExports(exported, scene.world()),
        table -> new Restorable.Reach.Between(World.START.minus(Duration.ofDays(1)), scene.now()),
        Duration.ZERO);
  }

  List<GapState> heal(
      Scene scene,
      ObjectStore store,
      ObjectStore exported,
      MemoryExports exports,
      Restorable restorable,
      Duration settling)
      throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory(dir, "heal-");
    Readers readers = new Readers(scene.store(), scratch, scene.now());
    return new Healing(
            store,
            exported,
            Readers.LAKE,
            new HealedTable(
                Readers.TABLE,
                "arn:aws:dynamodb:eu-west-1:123456789012:table/shop",
                Readers.KEYS,
                Readers.PROTECTION,
                () -> readers.tables(Readers.PROTECTION).rowsOfProtected(Origin.HEAL),
                new ExportPlace("bucket", "exports")),
            new ExportClient(exports, exported, Duration.ofSeconds(1), duration -> {}),
            restorable,
            settling,
            scratch,
            () -> scene.now())
        .heal(ExportProgress.none());
  }

  /** Everything of some time in some shards is lost, once or twice. */
  Scene trimmed(Random random) throws IOException {
    World world = new World(random, 1 + random.nextInt(3));
    Duration life = Duration.ofMinutes(random.nextInt(4) == 0 ? 60 * 60 : 150);
    Instant end = live(world, random, World.START, life, random.nextInt(6), 350);
    List<Predicate<Change>> losses = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      long begin = (long) (life.toSeconds() * (0.1 + 0.6 * random.nextDouble()));
      long length = 1 + (long) (life.toSeconds() * 0.35 * random.nextDouble());
      Instant from = World.START.plusSeconds(begin);
      Instant to = from.plusSeconds(length);
      int only = random.nextInt(5);
      losses.add(
          change ->
              !change.time().isBefore(from)
                  && change.time().isBefore(to)
                  && change.shard() != null
                  && (only > 0 || change.shard().remainder % 2 == 0));
    }
    MemoryObjectStore store = new MemoryObjectStore();
    Readers readers =
        new Readers(store, Files.createTempDirectory(dir, "read-"), end.plusSeconds(5));
    readers.read(
        world, World.OLD, change -> losses.stream().anyMatch(loss -> loss.test(change)), false);
    return new Scene(world, store, end.plus(Duration.ofHours(1)));
  }

  /** The end of one stream is lost, what happens without a stream, and then another begins. */
  Scene recreated(Random random) throws IOException {
    World world = new World(random, 1 + random.nextInt(3));
    Instant off = live(world, random, World.START, Duration.ofMinutes(100), random.nextInt(5), 200);
    Instant stopped = off.minusSeconds(random.nextInt(3_000));
    world.streamOff();
    Instant on = live(world, random, off, Duration.ofMinutes(10), 0, 40);
    world.streamOn(1 + random.nextInt(3));
    Instant end = live(world, random, on, Duration.ofMinutes(50), random.nextInt(3), 80);
    MemoryObjectStore store = new MemoryObjectStore();
    Path scratch = Files.createTempDirectory(dir, "read-");
    Instant found = on.plusSeconds(1);
    Readers readers = new Readers(store, scratch, found);
    readers.read(
        world,
        World.OLD,
        change -> change.shard() != null && !change.time().isBefore(stopped),
        true);
    readers.newStream(stopped.truncatedTo(ChronoUnit.SECONDS).minusSeconds(1));
    readers.read(world, World.NEW, change -> false, false);
    return new Scene(world, store, end.plus(Duration.ofHours(1)));
  }

  private static Instant live(
      World world, Random random, Instant start, Duration life, int splits, int changes) {
    TreeSet<Long> moments = new TreeSet<>();
    while (moments.size() < changes) {
      moments.add((long) (random.nextDouble() * life.toMillis() * 1_000));
    }
    List<Long> at = new ArrayList<>(moments);
    TreeSet<Integer> splitting = new TreeSet<>();
    for (int i = 0; i < splits; i++) {
      splitting.add(random.nextInt(changes));
    }
    for (int i = 0; i < at.size(); i++) {
      if (splitting.contains(i)) {
        world.split();
      }
      world.change("key " + random.nextInt(40), start.plus(at.get(i), ChronoUnit.MICROS));
    }
    return start.plus(life);
  }
}
