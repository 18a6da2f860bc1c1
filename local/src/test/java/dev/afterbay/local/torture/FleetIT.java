package dev.afterbay.local.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterbay.local.process.ServiceJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The supervisor, with workers that do nothing. */
class FleetIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Act ANY = new Act(ActKind.KILL, Duration.ZERO, 0, 0);

  @TempDir Path dir;

  private Journal journal;
  private Fleet fleet;

  @BeforeEach
  void open() {
    journal = new Journal(dir.resolve("journal.log"), InstantSource.system());
    ServiceJvm stub = ServiceJvm.of(System.getProperty("java.class.path"), Stub.class.getName());
    fleet =
        new Fleet(
            List.of(
                new Member(
                    "w1", dir.resolve("config"), dir, stub, journal, InstantSource.system())));
  }

  @AfterEach
  void close() {
    fleet.close();
    journal.close();
  }

  @Test
  void aKilledWorkerComesBackUnderItsId() throws IOException {
    start();

    assertThat(fleet.kill(ANY, Duration.ZERO)).isTrue();

    awaitReady("w1", 2);
    assertThat(journal.counted(Member.KILLED)).isOne();
    assertThat(journal.counted(Member.STOPPED_ITSELF)).isZero();
  }

  @Test
  void aReplacedWorkerHasAnIdOfItsOwn() throws IOException {
    start();

    fleet.replace(ANY);

    awaitReady("w1-2", 1);
    assertThat(fleet.workerIds()).containsExactly("w1-2");
  }

  @Test
  void aPausedWorkerGoesOnLaterAndIsTheSame() throws IOException {
    start();

    assertThat(fleet.pause(ANY, Duration.ofMillis(300))).isTrue();
    assertThat(fleet.pause(ANY, Duration.ofMillis(300))).as("it is paused already").isFalse();

    await().atMost(PATIENCE).until(() -> journal().contains("kill -CONT w1"));
    assertThat(fleet.pause(ANY, Duration.ofHours(1))).isTrue();
    fleet.stop();
    assertThat(journal()).contains("w1 (life 1) has ended with 0");
  }

  @Test
  void aWorkerThatStopsItselfIsStartedAgainAndItsReasonIsKept() throws IOException {
    Files.writeString(dir.resolve("config"), "broken");
    fleet.start();

    await().atMost(PATIENCE).until(() -> journal.counted(Member.STARTED) > 1);
    assertThat(journal.counted(Member.STOPPED_ITSELF)).isPositive();
    assertThat(journal.reasons()).containsOnlyKeys("there is no way to go on");
  }

  @Test
  void aTerminatedWorkerComesBackWhenItHasEnded() throws IOException {
    start();

    fleet.terminate(ANY);

    awaitReady("w1", 2);
    assertThat(journal()).contains("w1 (life 1) has ended with 0");
    assertThat(journal.counted(Member.STOPPED_BADLY)).isZero();
  }

  @Test
  void whileTheFleetIsHeldNobodyComesBack() throws IOException {
    start();

    fleet.killAndHold();

    assertThat(journal()).contains("kill -9 w1");
    assertThat(fleet.kill(ANY, Duration.ZERO)).as("there is nobody").isFalse();
    fleet.release();
    awaitReady("w1", 2);
  }

  private void start() {
    fleet.start();
    awaitReady("w1", 1);
  }

  /** As often as a worker of this id was ever started. */
  private void awaitReady(String id, int lives) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              try (Stream<Path> logs = Files.list(dir)) {
                return logs.filter(log -> log.getFileName().toString().matches(id + "-\\d+\\.log"))
                        .filter(FleetIT::ready)
                        .count()
                    == lives;
              }
            });
  }

  private static boolean ready(Path log) {
    try {
      return Files.readString(log).contains("ready");
    } catch (IOException e) {
      return false;
    }
  }

  private String journal() throws IOException {
    return Files.readString(dir.resolve("journal.log"));
  }

  /** Stands in for the worker's main class: {@code run --config FILE --worker-id ID}. */
  static final class Stub {
    private Stub() {}

    public static void main(String[] args) throws Exception {
      if (Files.exists(Path.of(args[2]))) {
        System.out.println("afterbay: there is no way to go on");
        System.exit(1);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0)));
      System.out.println("ready");
      new CountDownLatch(1).await();
    }
  }
}
