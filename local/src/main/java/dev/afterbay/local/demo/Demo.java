package dev.afterbay.local.demo;

import dev.afterbay.local.aws.LocalAws;
import dev.afterbay.local.aws.LocalClients;
import dev.afterbay.local.workload.GeneratedLoad;
import dev.afterbay.local.workload.Replay;
import dev.afterbay.local.workload.Scenario;
import dev.afterbay.local.workload.StreamCount;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongConsumer;

/**
 * Plays the whole system once: local AWS, worker process, scenarios, generated load, questions, sum
 * check.
 */
public final class Demo {
  private static final long SEED = 20_261_121;
  private static final int THREADS = 4;
  private static final int PER_SECOND = 300;
  private static final Duration FIRST_ROW = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration CATCH_UP = Duration.ofSeconds(45);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration GOODBYE = Duration.ofSeconds(30);

  private final Worker.Launcher launcher;
  private final Lake.Opener opener;
  private final Prover prover;
  private final Screen screen;
  private final InstantSource clock;

  public Demo(
      Worker.Launcher launcher,
      Lake.Opener opener,
      Commands commands,
      Screen screen,
      InstantSource clock) {
    this(launcher, opener, new Proof(commands, opener, screen, clock)::of, screen, clock);
  }

  Demo(
      Worker.Launcher launcher,
      Lake.Opener opener,
      Prover prover,
      Screen screen,
      InstantSource clock) {
    this.launcher = launcher;
    this.opener = opener;
    this.prover = prover;
    this.screen = screen;
    this.clock = clock;
  }

  /**
   * Runs the demo.
   *
   * @param dir receives the bucket, the configuration and the worker's log
   * @param load how long the generated load lasts
   */
  public DemoResult run(Path dir, Duration load) {
    screen.say("Starting DynamoDB and S3 on this machine");
    try (LocalAws aws = LocalAws.start(dir, 0, 0);
        LocalClients clients = new LocalClients(aws.endpoints())) {
      DemoFiles files = DemoFiles.in(dir.toAbsolutePath().normalize(), aws.endpoints());
      List<Scenario> scenarios = List.of(Scenario.eCommerce(clock), Scenario.taskApp(clock));
      Replay replay = new Replay(clients.tables());
      scenarios.forEach(replay::createTable);
      int port = freePort();
      files.writeConfig(aws.endpoints(), port);
      screen.say("Starting a worker; its log is " + files.log());
      screen.say("Its status page, while it runs: http://127.0.0.1:" + port + "/");
      Worker worker = launcher.launch(files.config(), files.log());
      try (FirstRow firstRow = FirstRow.watch(files::holdsRows, clock)) {
        play(replay, scenarios);
        screen.say("Waiting for the first row");
        await(firstRow, worker, files);
        load(clients, scenarios.get(0), load);
        return finish(aws, clients, files, worker, firstRow, tables(scenarios));
      } finally {
        worker.terminate();
      }
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new DemoException("There is no free port: " + e.getMessage(), e);
    }
  }

  private static List<TableName> tables(List<Scenario> scenarios) {
    return scenarios.stream().map(Scenario::tableName).map(TableName::new).toList();
  }

  private void play(Replay replay, List<Scenario> scenarios) {
    for (Scenario scenario : scenarios) {
      screen.during(
          "Playing " + scenario.tableName(),
          scenario.size(),
          progress -> replay.play(scenario, progress));
    }
  }

  private void load(LocalClients clients, Scenario scenario, Duration duration) {
    GeneratedLoad load =
        new GeneratedLoad(scenario.tableName(), SEED, THREADS, PER_SECOND, duration);
    screen.during(
        "Writing for " + duration.toSeconds() + " s",
        duration.toSeconds() * PER_SECOND,
        progress -> load.run(clients.tables(), progress));
  }

  private DemoResult finish(
      LocalAws aws,
      LocalClients clients,
      DemoFiles files,
      Worker worker,
      FirstRow firstRow,
      List<TableName> tables) {
    StreamCount streams = new StreamCount(clients.streams());
    Catching catching = new Catching(streams, () -> opener.open(files.config()), tables);
    screen.during(
        "Waiting for the lake",
        catching.count(),
        progress -> catchUp(catching, files, worker, progress));
    Proof.Outcome proof = prover.prove(files);
    stop(worker, files);
    try (Lake lake = opener.open(files.config())) {
      SumCheck sums =
          tables.stream()
              .map(table -> SumCheck.of(streams.read(table), lake))
              .reduce(SumCheck.NOTHING, SumCheck::plus);
      List<DemoResult.Answered> answers =
          Questions.all().stream()
              .map(q -> new DemoResult.Answered(q.title(), lake.ask(q.sql())))
              .toList();
      return new DemoResult(
          sums,
          firstRow.seenAfter().orElse(Duration.ZERO),
          files.lake(),
          files.config(),
          restart(aws, files),
          answers,
          proof);
    }
  }

  private void catchUp(Catching catching, DemoFiles files, Worker worker, LongConsumer progress) {
    Instant end = clock.instant().plus(CATCH_UP);
    while (!catching.done(progress) && clock.instant().isBefore(end)) {
      refuseIfEnded(worker, POLL, files);
    }
  }

  /** The load would only slow the worker's start down. */
  private void await(FirstRow firstRow, Worker worker, DemoFiles files) {
    Instant end = clock.instant().plus(FIRST_ROW);
    while (firstRow.seenAfter().isEmpty() && clock.instant().isBefore(end)) {
      refuseIfEnded(worker, LOOK, files);
    }
  }

  private static void refuseIfEnded(Worker worker, Duration patience, DemoFiles files) {
    OptionalInt code = worker.exitCodeWithin(patience);
    if (code.isPresent()) {
      throw ended(code.getAsInt(), files);
    }
  }

  private void stop(Worker worker, DemoFiles files) {
    screen.say("Stopping the worker");
    worker.terminate();
    OptionalInt code = worker.exitCodeWithin(GOODBYE);
    if (code.isEmpty()) {
      throw new DemoException(
          "The worker did not stop within %d s; see %s."
              .formatted(GOODBYE.toSeconds(), files.log()));
    }
    if (code.getAsInt() != 0) {
      throw ended(code.getAsInt(), files);
    }
  }

  private static DemoException ended(int code, DemoFiles files) {
    return new DemoException(
        "The worker ended with exit code %d; see %s:\n%s"
            .formatted(code, files.log(), files.logTail()));
  }

  private static String restart(LocalAws aws, DemoFiles files) {
    return "./afterbay local --dir %s --dynamodb-port %d --s3-port %d"
        .formatted(
            files.dir(), aws.endpoints().dynamodb().getPort(), aws.endpoints().s3().getPort());
  }

  /** Holds the lake against the tables while the worker still runs. */
  @FunctionalInterface
  interface Prover {
    Proof.Outcome prove(DemoFiles files);
  }
}
