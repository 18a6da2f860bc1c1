package dev.afterbay.local.torture;

import dev.afterbay.local.aws.LocalAws;
import dev.afterbay.local.aws.LocalClients;
import dev.afterbay.local.demo.Screen;
import dev.afterbay.local.process.ServiceJvm;
import dev.afterbay.local.stream.ScriptedStream;
import dev.afterbay.local.stream.ScriptedTable;
import dev.afterbay.local.stream.StreamServer;
import dev.afterbay.local.stream.StreamSettings;
import dev.afterbay.local.torture.store.FaultProxy;
import dev.afterbay.local.torture.store.StoreFaults;
import dev.afterbay.local.torture.verdict.LakeFiles;
import dev.afterbay.transforms.change.TableName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Plays a torture from its beginning to its verdict: the endpoints, the fleet, the load, the acts;
 * then peace, until the lake has everything; then the count.
 */
public final class Torture {
  private static final String TABLE = "Torture-Orders";
  private static final Duration FIRST_ROW = Duration.ofMinutes(2);

  /** Longer than the workers' watchdogs need for whatever a restart cures. */
  private static final Duration STANDSTILL = Duration.ofMinutes(5);

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration TICK = Duration.ofMillis(100);

  /** Several pages a second, and numbers that grow longer. */
  private static final int PAGE_RECORDS = 200;

  private static final long PAGE_BYTES = 100_000;
  private static final long NUMBERS_PER_DIGIT = 5_000;

  private final ServiceJvm program;
  private final TortureSettings settings;
  private final Screen screen;
  private final InstantSource clock;

  public Torture(ServiceJvm program, TortureSettings settings, Screen screen, InstantSource clock) {
    // Many JVMs side by side on few cores: they shall start soon and stay small.
    this.program = program.with("-XX:+UseSerialGC", "-Xmx256m");
    this.settings = settings;
    this.screen = screen;
    this.clock = clock;
  }

  /**
   * Runs it.
   *
   * @param dir receives the lake, the workers' logs and the journal of the acts
   */
  public TortureResult run(Path dir) {
    ScriptedStream stream = stream();
    stream.keepNoHistory();
    TableName table = stream.table().name();
    StoreFaults storeFaults = new StoreFaults(settings.seed());
    try (LocalAws aws = LocalAws.start(dir, 0, 0);
        LocalClients clients = new LocalClients(aws.endpoints());
        FaultProxy store = FaultProxy.startBefore(aws.endpoints().s3(), storeFaults);
        StreamServer server = StreamServer.startBefore(aws.endpoints().dynamodb(), stream, 0)) {
      TortureFiles files = TortureFiles.in(dir.toAbsolutePath().normalize(), aws.endpoints());
      LakeFiles lake = new LakeFiles(files.lake(), stream.table());
      screen.say("Seed " + settings.seed() + "; everything is in " + files.dir());
      try (Journal journal = new Journal(files.journal(), clock);
          Fleet fleet = fleet(files, table, server.endpoint(), store.endpoint(), journal);
          Load load = new Load(stream, settings.perSecond(), settings.seed(), clock)) {
        Trimming trimming = new Trimming(stream, fleet, store, lake, journal);
        LeaseRows leases = new LeaseRows(clients.tables(), TortureFiles.leaseTable(table));
        load.start();
        fleet.start();
        awaitFirstRow(lake, files);
        try (Acts acts = new Acts(stream, fleet, leases, storeFaults, load, trimming, journal)) {
          play(acts, fleet);
        }
        journal.note("peace");
        load.end();
        fleet.resumeAll();
        Inquest inquest = new Inquest(lake, stream, load.written(), trimming.done());
        boolean settled = settle(inquest, fleet);
        journal.note(settled ? "the lake has everything" : "the lake still lacks something");
        if (!settled) {
          new Standstill(fleet, leases, files).tell(screen);
        }
        screen.say("Stopping the workers");
        fleet.stop();
        return new TortureResult(
            settings,
            acts(journal),
            storeFaults.given(),
            stream.faults().given(),
            workers(journal),
            journal.reasons(),
            settled,
            inquest.verdict(),
            FsckRun.of(program, files.readerConfig(table, server.endpoint()), files.dir()),
            files.dir());
      }
    }
  }

  private ScriptedStream stream() {
    StreamSettings pages =
        StreamSettings.seeded(settings.seed())
            .pages(PAGE_RECORDS, PAGE_BYTES)
            .digits(NUMBERS_PER_DIGIT);
    ScriptedStream stream = new ScriptedStream(ScriptedTable.named(TABLE), pages, clock);
    stream.enable(settings.shards());
    return stream;
  }

  private Fleet fleet(TortureFiles files, TableName table, URI dynamodb, URI s3, Journal journal) {
    return new Fleet(
        IntStream.range(0, settings.workers())
            .mapToObj(
                i ->
                    new Member(
                        "w" + (i + 1),
                        files.workerConfig(i, settings.decoding(), table, dynamodb, s3),
                        files.logs(),
                        program,
                        journal,
                        clock))
            .toList());
  }

  private void awaitFirstRow(LakeFiles lake, TortureFiles files) {
    screen.say("Waiting for the first rows");
    if (!Waiting.until(() -> lake.rows() > 0, FIRST_ROW)) {
      throw new TortureException(
          "No row is in the lake after %d s; see %s."
              .formatted(FIRST_ROW.toSeconds(), files.logs()));
    }
  }

  private void play(Acts acts, Fleet fleet) {
    Script script = new Script(settings.seed(), settings.without());
    long seconds = settings.length().toSeconds();
    screen.during(
        "Torturing for " + seconds + " s",
        seconds,
        progress -> {
          acts.begin();
          long start = System.nanoTime();
          Act next = script.next();
          long due = start + next.pause().toNanos();
          while (System.nanoTime() - start < settings.length().toNanos()) {
            fleet.check();
            progress.accept(Duration.ofNanos(System.nanoTime() - start).toSeconds());
            if (System.nanoTime() - due >= 0) {
              acts.perform(next);
              next = script.next();
              due += next.pause().toNanos();
            }
            Waiting.pause(TICK);
          }
        });
  }

  /** Waits for as long as rows come; whoever is far behind has much to read. */
  private boolean settle(Inquest inquest, Fleet fleet) {
    boolean[] settled = new boolean[1];
    screen.during(
        "Waiting for the lake",
        inquest.records(),
        progress -> {
          long[] most = {0};
          long[] end = {System.nanoTime() + STANDSTILL.toNanos()};
          do {
            Waiting.pause(LOOK);
            fleet.check();
            settled[0] =
                inquest.settled(
                    rows -> {
                      progress.accept(rows);
                      if (rows > most[0]) {
                        most[0] = rows;
                        end[0] = System.nanoTime() + STANDSTILL.toNanos();
                      }
                    });
          } while (!settled[0] && System.nanoTime() - end[0] < 0);
        });
    if (!settled[0]) {
      screen.say(
          "The lake still lacks something, and no row came for %d s; the count tells what."
              .formatted(STANDSTILL.toSeconds()));
    }
    return settled[0];
  }

  private static Map<ActKind, Long> acts(Journal journal) {
    Map<ActKind, Long> acts = new EnumMap<>(ActKind.class);
    for (ActKind kind : ActKind.values()) {
      acts.put(kind, journal.counted(kind.title()));
    }
    return acts;
  }

  private static TortureResult.Workers workers(Journal journal) {
    return new TortureResult.Workers(
        journal.counted(Member.STARTED),
        journal.counted(Member.KILLED),
        journal.counted(Member.PAUSED),
        journal.counted(Member.STOPPED_ITSELF),
        journal.counted(Member.STOPPED_BADLY),
        journal.counted(Member.TOO_SLOW));
  }
}
